import Commerce
import EventContract
import EventLog
import Logging
import SQL

/// Turns events about orders into queued mails; in the transaction that notes the event.
struct OrderEventHandler: Sendable {
    let database: any Database
    let writer: OrderMailWriter
    let clock: WallClock
    let logger: Logger

    @Sendable func handle(_ event: Event) async throws {
        if let placed = try event.payload(OrderPlaced.self) {
            guard let recipient = EmailAddress.normalised(placed.email) else {
                return logger.warning("An order has no usable mail address", metadata: ["event.id": "\(event.id)"])
            }
            try await queue(event, order: placed.orderID) { writer, _ in
                try writer.confirmation(of: placed, to: recipient, event: event)
            }
        } else if let cancelled = try event.payload(OrderCancelled.self) {
            try await queue(event, order: cancelled.orderID) { writer, addressee in
                try addressee.map { try writer.cancellation(of: cancelled, to: $0, event: event) }
            }
        } else if let fulfilled = try event.payload(OrderFulfilled.self) {
            try await queue(event, order: fulfilled.orderID) { writer, addressee in
                try addressee.map { try writer.fulfilment(of: fulfilled, to: $0, event: event) }
            }
        }
    }

    /// - Parameter compose: Gets whom the order's confirmation was for, when there was one.
    private func queue(
        _ event: Event, order: String,
        _ compose: @escaping @Sendable (OrderMailWriter, Addressee?) throws -> ComposedMail?
    ) async throws {
        let (now, writer) = (clock.now(), writer)
        try await database.write { tx in
            guard try Inbox.note(event, consumer: NotificationService.group, retention: event.topic.retention, in: tx),
                let mail = try compose(writer, try MessageTable.addressee(of: order, in: tx))
            else { return }
            try MessageTable.insert(mail, at: now, in: tx)
        }
    }
}
