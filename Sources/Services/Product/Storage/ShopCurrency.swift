import Commerce
import SQL

/// The currency the shop sells in: one row, or none until it is known.
enum ShopCurrency {
    static func read(in tx: any SQLTransaction) throws -> Currency? {
        try tx.first("SELECT currency FROM shop").flatMap { Currency(try $0.string("currency")) }
    }

    static func hasProducts(in tx: any SQLTransaction) throws -> Bool {
        try tx.first("SELECT id FROM products LIMIT 1") != nil
    }

    /// Sets what the shop sells in, unless that is known already.
    static func propose(_ currency: Currency, in tx: any SQLTransaction) throws {
        try tx.execute("INSERT INTO shop (id, currency) VALUES (1, \(currency.code)) ON CONFLICT (id) DO NOTHING")
    }

    static func replace(with currency: Currency, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO shop (id, currency) VALUES (1, \(currency.code))
            ON CONFLICT (id) DO UPDATE SET currency = excluded.currency
            """)
    }
}
