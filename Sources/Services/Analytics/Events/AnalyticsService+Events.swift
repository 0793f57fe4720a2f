import EventContract
package import EventLog
import SQL

extension AnalyticsService {
    /// Updates the read models in one transaction with the event's note; an event seen before changes nothing, one of
    /// another type neither.
    package func handle(_ event: Event) async throws {
        if let recorded = try event.payload(BehaviourRecorded.self) {
            let visit = Visit(recorded)
            try await once(event) { tx in try SessionStore.note(visit, in: tx) }
        } else if let placed = try event.payload(OrderPlaced.self) {
            let sale = try Sale(placed, at: event.time)
            try await once(event) { tx in try SalesStore.note(sale, in: tx) }
        } else if let changed = try event.payload(PaymentChanged.self),
            let repayment = try Repayment(changed, at: event.time)
        {
            try await once(event) { tx in try SalesStore.note(repayment, in: tx) }
        }
    }

    private func once(
        _ event: Event, _ effect: @escaping @Sendable (any SQLTransaction) throws -> Void
    ) async throws {
        try await database.write { tx in
            guard try Inbox.note(event, consumer: Self.group, retention: event.topic.retention, in: tx) else { return }
            try effect(tx)
        }
    }
}
