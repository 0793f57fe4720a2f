import Commerce
import OrderContract
import SQL
import ServiceKit

/// Stored responses, for callers that repeat a request under the same key.
enum ResponseStore {
    /// Leaves out the guest token, which can be derived and so need not be stored.
    private static func text(_ order: Order) throws -> String {
        var order = order
        order.guestToken = nil
        return try JSON.text(order)
    }

    /// Stores the order as the response to the request with this key.
    static func store(
        _ order: Order, for key: IdempotencyKey?, at now: Instant, in tx: any SQLTransaction
    ) throws {
        try Idempotency.store(text(order), for: key, at: now, in: tx)
    }

    /// The stored response; nil for an unused key. Throws `idempotency_key_reused` when the key belongs to another
    /// request, including a running checkout or a pending refund, which have no response yet.
    static func order(for key: IdempotencyKey?, in tx: any SQLTransaction) throws -> Order? {
        if let response = try Idempotency.response(for: key, in: tx) { return try JSON.decode(from: response) }
        guard let key else { return nil }
        let refund = try RefundStore.record(for: key, in: tx)?.key?.requestHash
        let checkout = try CheckoutStore.record(for: key, in: tx)
        let running = checkout.flatMap { $0.isRunning ? $0.requestHash : nil }
        guard [refund, running].allSatisfy({ $0 == nil || $0 == key.requestHash }) else {
            throw ServiceError.idempotencyKeyReused
        }
        return nil
    }

    /// Replaces the stored response, in the transaction that changes the order.
    static func replace(_ order: Order, caller: String?, key: String?, in tx: any SQLTransaction) throws {
        guard let caller, let key else { return }
        try tx.execute(
            """
            UPDATE idempotency_keys SET response = \(try text(order)) WHERE caller = \(caller) AND key = \(key)
            """)
    }
}
