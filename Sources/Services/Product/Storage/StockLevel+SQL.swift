import Commerce
import ProductContract
import SQL

extension StockLevel {
    /// The first of the variants that are sold, in the order of their ids.
    ///
    /// - Parameter after: The id of the last one on the page before; empty for the first page.
    static func all(after: String, limit: Int, in tx: any SQLTransaction) throws -> [StockLevel] {
        try tx.query(
            """
            SELECT v.id, v.sku, s.tracked, s.on_hand, s.reserved FROM variants v JOIN stock s ON s.variant_id = v.id
            WHERE v.retired = 0 AND v.id > \(after) ORDER BY v.id LIMIT \(limit)
            """
        ).map { row in
            StockLevel(
                variantID: try row.id("id"), sku: try row.string("sku"), tracked: try row.bool("tracked"),
                onHand: try row.int("on_hand"), reserved: try row.int("reserved"))
        }
    }

    static func count(in tx: any SQLTransaction) throws -> Int? {
        try tx.first(
            "SELECT COUNT(*) AS total FROM variants v JOIN stock s ON s.variant_id = v.id WHERE v.retired = 0"
        )?.int("total")
    }
}
