import Commerce
import SQL
import ServiceKit

/// The table `refunds`. `orders.refunded` includes a refund from the moment it is recorded, so that the sum of all
/// refunds cannot exceed what was captured.
enum RefundStore {
    /// Reserves the amount and records the refund. Throws `refund_too_large`.
    static func insert(_ refund: RefundRecord, actor: String, at now: Instant, in tx: any SQLTransaction) throws {
        let changed = try tx.execute(
            """
            UPDATE orders SET refunded = refunded + \(refund.amount), updated_at = \(now)
            WHERE id = \(refund.orderID) AND captured - refunded >= \(refund.amount)
            """)
        guard changed == 1 else { throw ServiceError.refundTooLarge }
        try tx.execute(
            """
            INSERT INTO refunds (id, order_id, amount, reason, state, caller, key, request_hash, actor, created_at)
            VALUES (\(refund.id), \(refund.orderID), \(refund.amount), \(refund.reason), 'pending',
                \(refund.key?.caller), \(refund.key?.key), \(refund.key?.requestHash), \(actor), \(now))
            """)
    }

    static func record(_ id: RefundID, in tx: any SQLTransaction) throws -> RefundRecord? {
        try tx.first("SELECT * FROM refunds WHERE id = \(id)").map(RefundRecord.init)
    }

    static func record(for key: IdempotencyKey, in tx: any SQLTransaction) throws -> RefundRecord? {
        try tx.first("SELECT * FROM refunds WHERE caller = \(key.caller) AND key = \(key.key)").map(RefundRecord.init)
    }

    static func pending(of order: OrderID, except id: RefundID, in tx: any SQLTransaction) throws -> Int {
        try tx.first(
            """
            SELECT COUNT(*) AS number FROM refunds
            WHERE order_id = \(order) AND state = 'pending' AND id <> \(id)
            """)?.int("number") ?? 0
    }

    static func finish(_ id: RefundID, in tx: any SQLTransaction) throws {
        try tx.execute("UPDATE refunds SET state = 'done' WHERE id = \(id) AND state = 'pending'")
    }

    /// Releases the keys of refunds from before this time.
    static func expire(before time: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE refunds SET caller = NULL, key = NULL
            WHERE created_at < \(time) AND state = 'done' AND key IS NOT NULL
            """)
    }

    /// Releases the reserved amount and the caller's key.
    static func fail(_ refund: RefundRecord, at now: Instant, in tx: any SQLTransaction) throws {
        let changed = try tx.execute(
            """
            UPDATE refunds SET state = 'failed', caller = NULL, key = NULL WHERE id = \(refund.id) AND state = 'pending'
            """)
        guard changed == 1 else { return }
        try tx.execute(
            """
            UPDATE orders SET refunded = refunded - \(refund.amount), updated_at = \(now)
            WHERE id = \(refund.orderID)
            """)
    }
}

extension RefundRecord {
    fileprivate init(_ row: SQLRow) throws {
        guard let state = State(rawValue: try row.string("state")) else { throw SQLError.decoding("refunds.state") }
        var key: IdempotencyKey?
        if let caller = try row.optionalString("caller"), let name = try row.optionalString("key") {
            key = IdempotencyKey(
                caller: caller, key: name, requestHash: try row.optionalString("request_hash") ?? "")
        }
        self.init(
            id: try row.id("id"), orderID: try row.id("order_id"), amount: try row.int64("amount"),
            reason: try row.string("reason"), state: state, key: key)
    }
}
