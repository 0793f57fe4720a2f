import EventContract
import EventLog
import SQL

/// Updates the read models, in the transaction that notes the event. A repeated event changes nothing, and neither does
/// one that they do not count.
struct RecordActivity: Sendable {
    let database: any Database
    /// The name under which events are noted.
    let consumer: String

    func run(_ event: Event) async throws {
        guard let activity = try Activity(event) else { return }
        let consumer = consumer
        try await database.write { tx in
            guard try Inbox.note(event, consumer: consumer, retention: event.topic.retention, in: tx) else { return }
            switch activity {
            case .visit(let visit): try SessionStore.note(visit, in: tx)
            case .sale(let sale): try SalesStore.note(sale, in: tx)
            case .repayment(let repayment): try SalesStore.note(repayment, in: tx)
            }
        }
    }
}
