import Commerce
import EventContract
import EventLog
import Logging
import SQL

/// Queues the mail about an order's event, in the transaction that notes the event. A repeated event changes nothing.
struct QueueOrderMail: Sendable {
    let database: any Database
    /// The name under which events are noted.
    let consumer: String
    let writer: OrderMailWriter
    let clock: WallClock
    let logger: Logger

    func run(_ event: Event) async throws {
        switch try OrderEvent(event) {
        case .placed(let placed):
            guard let recipient = EmailAddress.normalised(placed.email) else {
                return logger.warning("An order has no usable email address", metadata: ["event.id": "\(event.id)"])
            }
            try await queue(event, order: placed.orderID) { writer, _ in
                try writer.confirmation(of: placed, to: recipient, event: event)
            }
        case .cancelled(let cancelled):
            try await queue(event, order: cancelled.orderID) { writer, addressee in
                try addressee.map { try writer.cancellation(of: cancelled, to: $0, event: event) }
            }
        case .fulfilled(let fulfilled):
            try await queue(event, order: fulfilled.orderID) { writer, addressee in
                try addressee.map { try writer.fulfilment(of: fulfilled, to: $0, event: event) }
            }
        case nil: break
        }
    }

    /// - Parameter compose: Gets whom the order's confirmation went to, when there was one.
    private func queue(
        _ event: Event, order: String,
        _ compose: @escaping @Sendable (OrderMailWriter, Addressee?) throws -> ComposedMail?
    ) async throws {
        let (now, writer, consumer) = (clock.now(), writer, consumer)
        try await database.write { tx in
            guard try Inbox.note(event, consumer: consumer, retention: event.topic.retention, in: tx),
                let mail = try compose(writer, try MessageTable.addressee(of: order, in: tx))
            else { return }
            try MessageTable.insert(mail, at: now, in: tx)
        }
    }
}
