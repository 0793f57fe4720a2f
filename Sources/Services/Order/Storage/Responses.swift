import Calls
import EventLog
import OrderContract
import SQL

/// Orders as they were first answered, for callers that repeat a request.
enum Responses {
    /// Without the guest token: that can be derived, so it need not lie in the database.
    static func text(_ order: Order) throws -> String {
        var order = order
        order.guestToken = nil
        return try StoredJSON.text(order)
    }

    static func order(for key: IdempotencyKey?, in tx: any SQLTransaction) throws -> Order? {
        try Idempotency.response(for: key, in: tx).map { try StoredJSON.value(from: $0) }
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
