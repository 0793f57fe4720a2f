import Commerce
import SQL
import ServiceKit

extension Channel {
    /// Mails are queued.
    static let mails = Channel("mails")
}

/// The message log: what was or is to be sent to whom.
enum MessageTable {
    /// A message that no other process may send until its lease ends.
    struct Claimed: Sendable {
        var id: Int64
        var eventID: EventID
        var kind: ComposedMail.Kind
        var recipient: String
        var rfc822: String
        /// This one included.
        var attempts: Int
        /// Of the call that queued it.
        var traceparent: String
    }

    static func insert(_ message: ComposedMail, at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO messages (event_id, order_id, kind, recipient, guest, subject, rfc822, state, due_at, created_at,
                traceparent)
            VALUES (\(message.eventID), \(message.orderID), \(message.kind.rawValue), \(message.addressee.recipient),
                \(message.addressee.isGuest), \(message.subject), \(message.rfc822), 'queued', \(now), \(now),
                \(CallContext.current.trace.traceparent))
            ON CONFLICT (event_id) DO NOTHING
            """)
        tx.notify(.mails)
    }

    /// Whom the order's confirmation went to.
    static func addressee(of order: String, in tx: any SQLTransaction) throws -> Addressee? {
        try tx.first("SELECT recipient, guest FROM messages WHERE order_id = \(order) AND kind = 'order_placed'").map {
            Addressee(recipient: try $0.string("recipient"), isGuest: try $0.optionalInt64("guest").map { $0 == 1 })
        }
    }

    /// Which of these orders have a confirmation, sent or not.
    static func confirmed(_ orders: [String], in tx: any SQLTransaction) throws -> Set<String> {
        let rows = try tx.query(
            "SELECT order_id FROM messages WHERE order_id IN \(in: orders) AND kind = 'order_placed'")
        return Set(try rows.map { try $0.string("order_id") })
    }

    /// How many messages are to be sent, and when the first of them was queued.
    static func queued(in tx: any SQLTransaction) throws -> (count: Int64, oldest: Instant?) {
        let row = try tx.first(
            "SELECT COUNT(*) AS count, MIN(created_at) AS oldest FROM messages WHERE state = 'queued'")
        return (try row?.int64("count") ?? 0, try row?.optionalInstant("oldest"))
    }

    /// Whether a message may be sent now. Needs no write transaction.
    static func isDue(at now: Instant, in tx: any SQLTransaction) throws -> Bool {
        try tx.first("SELECT 1 AS yes FROM messages WHERE state = 'queued' AND due_at <= \(now) LIMIT 1") != nil
    }

    /// Takes the message that waits longest. Until `lease` ends no other sender takes it. After that this sender has
    /// crashed, and the message is sent again under the same Message-ID.
    static func claim(at now: Instant, lease: Duration, in tx: any SQLTransaction) throws -> Claimed? {
        try tx.query(
            """
            UPDATE messages SET attempts = attempts + 1, due_at = \(now.advanced(by: lease))
            WHERE state = 'queued' AND due_at <= \(now) AND id = (
                SELECT id FROM messages WHERE state = 'queued' AND due_at <= \(now) ORDER BY due_at, id LIMIT 1
                \(unsafeSQL: tx.dialect.forUpdateOfFree))
            RETURNING id, event_id, kind, recipient, rfc822, attempts, traceparent
            """
        ).first.map { row in
            guard let kind = ComposedMail.Kind(rawValue: try row.string("kind")) else {
                throw SQLError.decoding("messages.kind")
            }
            return Claimed(
                id: try row.int64("id"), eventID: try row.id("event_id"), kind: kind,
                recipient: try row.string("recipient"), rfc822: try row.string("rfc822"),
                attempts: try row.int("attempts"), traceparent: try row.string("traceparent"))
        }
    }

    static func markSent(_ id: Int64, at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("UPDATE messages SET state = 'sent', sent_at = \(now) WHERE id = \(id) AND state = 'queued'")
    }

    static func markFailed(_ id: Int64, in tx: any SQLTransaction) throws {
        try tx.execute("UPDATE messages SET state = 'failed' WHERE id = \(id) AND state = 'queued'")
    }

    static func postpone(_ id: Int64, until due: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("UPDATE messages SET due_at = \(due) WHERE id = \(id) AND state = 'queued'")
    }

    static func failed(in tx: any SQLTransaction) throws -> Int {
        try tx.first("SELECT COUNT(*) AS count FROM messages WHERE state = 'failed'")?.int("count") ?? 0
    }

    /// Queues every abandoned mail again, with all its attempts.
    /// - Returns: How many.
    static func retryFailed(at now: Instant, in tx: any SQLTransaction) throws -> Int {
        tx.notify(.mails)
        return try tx.execute(
            "UPDATE messages SET state = 'queued', attempts = 0, due_at = \(now) WHERE state = 'failed'")
    }

    static func expire(before limit: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM messages WHERE created_at < \(limit) AND state <> 'queued'")
    }
}
