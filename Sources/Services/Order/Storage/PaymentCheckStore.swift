import Commerce
import OrderContract
import SQL

/// How far the payments of each provider were compared with orders, and which held money without one.
enum PaymentCheckStore {
    /// Where the comparison of one provider continues.
    struct Progress: Sendable {
        /// In the provider's list.
        var listed: ProviderPayment.Position
        /// Among the orders that give money back, by their last change.
        var returned: ProviderPayment.Position
    }

    static let migration = Migration("payment_checks") { dialect in
        """
        CREATE TABLE payment_checks (
            provider TEXT PRIMARY KEY NOT NULL, listed_at \(dialect.int64) NOT NULL, listed_key TEXT NOT NULL,
            returned_at \(dialect.int64) NOT NULL, returned_key TEXT NOT NULL, lease_until \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        CREATE TABLE unmatched_payments (
            provider TEXT NOT NULL, key TEXT NOT NULL, found_at \(dialect.int64) NOT NULL,
            checked_at \(dialect.int64) NOT NULL, PRIMARY KEY (provider, key)
        ) \(dialect.strict);
        CREATE INDEX unmatched_payments_checked ON unmatched_payments (provider, checked_at);
        CREATE INDEX orders_returned ON orders (payment_provider, updated_at, id)
            WHERE status IN ('cancelled', 'refunded');
        """
    }

    /// Takes the comparison of a provider for so long.
    /// - Parameter start: Where it begins the first time.
    /// - Returns: Nil while another process makes it.
    static func claim(
        _ provider: String, startingAt start: Instant, for lease: Duration, at now: Instant, in tx: any SQLTransaction
    ) throws -> Progress? {
        try tx.execute(
            """
            INSERT INTO payment_checks (provider, listed_at, listed_key, returned_at, returned_key, lease_until)
            VALUES (\(provider), \(start), '', \(start), '', 0) ON CONFLICT (provider) DO NOTHING
            """)
        return try tx.first(
            """
            UPDATE payment_checks SET lease_until = \(now.advanced(by: lease))
            WHERE provider = \(provider) AND lease_until <= \(now) RETURNING *
            """
        ).map { row in
            Progress(
                listed: .init(createdAt: try row.instant("listed_at"), key: try row.string("listed_key")),
                returned: .init(createdAt: try row.instant("returned_at"), key: try row.string("returned_key")))
        }
    }

    /// Lets any process make the comparison at once.
    static func release(_ provider: String, in tx: any SQLTransaction) throws {
        try tx.execute("UPDATE payment_checks SET lease_until = 0 WHERE provider = \(provider)")
    }

    static func save(_ progress: Progress, of provider: String, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE payment_checks SET listed_at = \(progress.listed.createdAt), listed_key = \(progress.listed.key),
                returned_at = \(progress.returned.createdAt), returned_key = \(progress.returned.key)
            WHERE provider = \(provider)
            """)
    }

    /// The orders with these payments.
    static func orders(_ keys: [String], in tx: any SQLTransaction) throws -> [String: PaymentMatch.OrderState] {
        guard !keys.isEmpty else { return [:] }
        let rows = try tx.query("SELECT id, status, updated_at FROM orders WHERE id IN \(in: keys)")
        return try rows.reduce(into: [:]) { states, row in
            guard let status = Order.Status(rawValue: try row.string("status")) else {
                throw SQLError.decoding("orders.status")
            }
            states[try row.string("id")] = .init(status: status, updatedAt: try row.instant("updated_at"))
        }
    }

    /// Orders that give money back, in the order of their last change.
    static func returned(
        of provider: String, after position: ProviderPayment.Position, until time: Instant, limit: Int,
        in tx: any SQLTransaction
    ) throws -> [ProviderPayment.Position] {
        try tx.query(
            """
            SELECT id, updated_at FROM orders
            WHERE status IN ('cancelled', 'refunded') AND payment_provider = \(provider)
                AND updated_at >= \(position.createdAt) AND updated_at <= \(time)
                AND (updated_at > \(position.createdAt) OR id > \(position.key))
            ORDER BY updated_at, id LIMIT \(limit)
            """
        ).map { .init(createdAt: try $0.instant("updated_at"), key: try $0.string("id")) }
    }

    static func insert(_ keys: [String], of provider: String, at now: Instant, in tx: any SQLTransaction) throws {
        for key in keys {
            try tx.execute(
                """
                INSERT INTO unmatched_payments (provider, key, found_at, checked_at)
                VALUES (\(provider), \(key), \(now), \(now)) ON CONFLICT (provider, key) DO NOTHING
                """)
        }
    }

    /// Unmatched payments that were not looked at since this time, the longest first.
    static func unmatched(
        of provider: String, checkedBefore time: Instant, limit: Int, in tx: any SQLTransaction
    ) throws -> [String] {
        try tx.query(
            """
            SELECT key FROM unmatched_payments WHERE provider = \(provider) AND checked_at < \(time)
            ORDER BY checked_at, key LIMIT \(limit)
            """
        ).map { try $0.string("key") }
    }

    /// Stores that a payment is still unmatched, or no longer.
    static func settle(
        _ key: String, of provider: String, stays: Bool, at now: Instant, in tx: any SQLTransaction
    ) throws {
        try tx.execute(
            stays
                ? "UPDATE unmatched_payments SET checked_at = \(now) WHERE provider = \(provider) AND key = \(key)"
                : "DELETE FROM unmatched_payments WHERE provider = \(provider) AND key = \(key)")
    }

    /// How many payments are unmatched, and the keys of some.
    static func unmatched(limit: Int, in tx: any SQLTransaction) throws -> (count: Int64, keys: [String]) {
        let count = try tx.first("SELECT COUNT(*) AS number FROM unmatched_payments")?.int64("number") ?? 0
        let rows = try tx.query("SELECT key FROM unmatched_payments ORDER BY key LIMIT \(limit)")
        return (count, try rows.map { try $0.string("key") })
    }
}
