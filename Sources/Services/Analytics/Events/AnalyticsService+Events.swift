import EventContract
package import EventLog
import SQL

extension AnalyticsService {
    /// Updates the read models in one transaction with the event's note; an event seen before changes nothing, one of
    /// another type neither.
    package func handle(_ event: Event) async throws {
        if let message = try event.message(Magpie_Events_V1_BehaviourRecorded.self) {
            let visit = Visit(message)
            try await once(event) { tx in try SessionStore.note(visit, in: tx) }
        } else if let message = try event.message(Magpie_Events_V1_OrderPlaced.self) {
            let sale = try Sale(message, at: event.time)
            try await once(event) { tx in try SalesStore.note(sale, in: tx) }
        } else if let message = try event.message(Magpie_Events_V1_PaymentChanged.self),
            let repayment = try Repayment(message, at: event.time)
        {
            try await once(event) { tx in try SalesStore.note(repayment, in: tx) }
        }
    }

    private func once(
        _ event: Event, _ effect: @escaping @Sendable (any SQLTransaction) throws -> Void
    ) async throws {
        try await database.write { tx in
            guard try Inbox.note(event, consumer: Self.group, in: tx) else { return }
            try effect(tx)
        }
    }
}
