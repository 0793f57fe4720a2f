import Commerce
import SQL
import ServiceKit

/// Money on its way back. `orders.refunded` counts a refund from the moment it is recorded, so that all of them
/// together can never be more than what was captured.
enum RefundStore {
    struct Record: Sendable {
        var id: RefundID
        var orderID: OrderID
        /// Minor units.
        var amount: Int64
        var reason: String
        var state: String
        var key: IdempotencyKey?
    }

    /// Sets the amount aside and records the refund. Throws `refund_too_large`.
    static func insert(_ refund: Record, actor: String, at now: Instant, in tx: any SQLTransaction) throws {
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

    static func record(_ id: RefundID, in tx: any SQLTransaction) throws -> Record? {
        try tx.first("SELECT * FROM refunds WHERE id = \(id)").map(Record.init)
    }

    static func record(for key: IdempotencyKey, in tx: any SQLTransaction) throws -> Record? {
        try tx.first("SELECT * FROM refunds WHERE caller = \(key.caller) AND key = \(key.key)").map(Record.init)
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

    /// Frees the keys of refunds from before this time.
    static func expire(before time: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE refunds SET caller = NULL, key = NULL
            WHERE created_at < \(time) AND state = 'done' AND key IS NOT NULL
            """)
    }

    /// Gives the amount that was set aside free again, and the caller's key.
    static func fail(_ refund: Record, at now: Instant, in tx: any SQLTransaction) throws {
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

extension RefundStore.Record {
    init(_ row: SQLRow) throws {
        id = try row.id("id")
        orderID = try row.id("order_id")
        amount = try row.int64("amount")
        reason = try row.string("reason")
        state = try row.string("state")
        if let caller = try row.optionalString("caller"), let name = try row.optionalString("key") {
            key = IdempotencyKey(
                caller: caller, key: name, requestHash: try row.optionalString("request_hash") ?? "")
        }
    }
}
