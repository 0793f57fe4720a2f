import Commerce
import SQL

extension VariantSummary {
    /// Of these products, by their numbers.
    static func all(of products: [Int64], in tx: any SQLTransaction) throws -> [Int64: VariantSummary] {
        let rows = try tx.query(
            """
            SELECT v.product_number, COUNT(*) AS total, MIN(v.price) AS lowest, MAX(v.price) AS highest,
                MIN(v.currency) AS currency,
                MAX(CASE WHEN s.tracked = 0 OR s.on_hand > s.reserved THEN 1 ELSE 0 END) AS available
            FROM variants v JOIN stock s ON s.variant_id = v.id
            WHERE v.retired = 0 AND v.product_number IN \(in: products) GROUP BY v.product_number
            """)
        var summaries: [Int64: VariantSummary] = [:]
        for row in rows {
            let currency = try row.currency("currency")
            summaries[try row.int64("product_number")] = VariantSummary(
                count: try row.int("total"), lowest: Money(try row.int64("lowest"), currency),
                highest: Money(try row.int64("highest"), currency), isAvailable: try row.bool("available"))
        }
        return summaries
    }
}
