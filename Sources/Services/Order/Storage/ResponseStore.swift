import EventLog
import OrderContract
import SQL
import ServiceKit

/// Orders as they were first answered, for callers that repeat a request.
enum Responses {
    /// Without the guest token: that can be derived, so it need not lie in the database.
    static func text(_ order: Order) throws -> String {
        var order = order
        order.guestToken = nil
        return try StoredJSON.text(order)
    }

    /// nil for a key nobody has used. Throws `idempotency_key_reused` on another request, be it a checkout that runs or a
    /// refund that waits for its provider, which have no answer yet.
    static func order(for key: IdempotencyKey?, in tx: any SQLTransaction) throws -> Order? {
        if let response = try Idempotency.response(for: key, in: tx) { return try StoredJSON.value(from: response) }
        guard let key else { return nil }
        let refund = try RefundStore.record(for: key, in: tx)?.key?.requestHash
        let checkout = try CheckoutStore.record(for: key, in: tx)
        let running = checkout.flatMap { $0.isRunning ? $0.requestHash : nil }
        guard [refund, running].allSatisfy({ $0 == nil || $0 == key.requestHash }) else {
            throw ServiceError.idempotencyKeyReused
        }
        return nil
    }

    /// Brings the stored answer up to what is about to be answered, in the transaction that changes the order.
    static func replace(_ order: Order, caller: String?, key: String?, in tx: any SQLTransaction) throws {
        guard let caller, let key else { return }
        try tx.execute(
            """
            UPDATE idempotency_keys SET response = \(try text(order)) WHERE caller = \(caller) AND key = \(key)
            """)
    }
}
