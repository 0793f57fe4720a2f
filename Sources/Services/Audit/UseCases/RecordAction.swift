import EventContract
import EventLog
import SQL

/// Adds an event's record to the log, in the transaction that notes the event. A repeated event changes nothing.
struct RecordAction: Sendable {
    let database: any Database
    /// The name under which events are noted.
    let consumer: String
    /// Orders that a checkpoint names and that have no record.
    let orders: AwaitedFacts

    func run(_ event: Event) async throws {
        let (entry, consumer) = (try AuditEntry(event), consumer)
        let checkpoint = try event.payload(OrdersCheckpoint.self)
        try await database.write { tx in
            guard try Inbox.note(event, consumer: consumer, retention: event.topic.retention, in: tx) else { return }
            try AuditStore.append(entry, in: tx)
            guard let checkpoint else { return }
            try orders.take(checkpoint.orderIDs, checkpoint: checkpoint.number, in: tx)
        }
    }
}
