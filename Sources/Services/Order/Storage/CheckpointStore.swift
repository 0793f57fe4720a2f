import Commerce
import SQL

/// Which orders were named in a checkpoint. The column belongs to every order, whoever writes it: an order that nobody
/// published is named too.
enum CheckpointStore {
    /// Orders from before count as named.
    static let migration = Migration("orders_checkpoint") { (dialect: SQLDialect) -> String in
        switch dialect {
        case .sqlite:
            """
            ALTER TABLE orders ADD COLUMN checkpoint INTEGER;
            UPDATE orders SET checkpoint = 0;
            CREATE INDEX orders_checkpoint ON orders (checkpoint);
            """
        case .postgresql:
            // A default that is dropped at once: no row is written anew.
            """
            ALTER TABLE orders ADD COLUMN checkpoint BIGINT DEFAULT 0;
            ALTER TABLE orders ALTER COLUMN checkpoint DROP DEFAULT;
            CREATE INDEX orders_checkpoint ON orders (checkpoint);
            """
        }
    }

    static func hasUnnamed(in tx: any SQLTransaction) throws -> Bool {
        try tx.first("SELECT id FROM orders WHERE checkpoint IS NULL LIMIT 1") != nil
    }

    /// Gives up to so many orders the number of the next checkpoint. One process at a time.
    /// - Returns: Nil when every order is named.
    static func nameNext(_ limit: Int, in tx: any SQLTransaction) throws -> (number: Int64, orders: [String])? {
        try tx.lock("checkpoint of orders")
        let orders = try tx.query("SELECT id FROM orders WHERE checkpoint IS NULL ORDER BY id LIMIT \(limit)")
            .map { try $0.string("id") }
        guard !orders.isEmpty else { return nil }
        let last = try tx.first("SELECT MAX(checkpoint) AS number FROM orders")?.optionalInt64("number") ?? 0
        try tx.execute("UPDATE orders SET checkpoint = \(last + 1) WHERE id IN \(in: orders)")
        return (last + 1, orders)
    }

    /// Orders placed before this time that no checkpoint names: how many, and some of them.
    static func unnamed(
        placedBefore time: Instant, limit: Int, in tx: any SQLTransaction
    ) throws -> (count: Int64, orders: [String]) {
        let condition: SQLStatement = "checkpoint IS NULL AND placed_at <= \(time)"
        let count = try tx.first("SELECT COUNT(*) AS number FROM orders WHERE \(condition)")?.int64("number") ?? 0
        let rows = try tx.query("SELECT id FROM orders WHERE \(condition) ORDER BY id LIMIT \(limit)")
        return (count, try rows.map { try $0.string("id") })
    }
}
