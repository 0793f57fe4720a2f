import Commerce
import SQL

extension ProductRecord {
    /// What the products are sold in that an import would change, by the handles asked for.
    static func currencies(of handles: [String], in tx: any SQLTransaction) throws -> [String: Currency] {
        let rows = try tx.query(
            """
            WITH found AS (
                SELECT handle, number, 1 AS place FROM products WHERE handle IN \(in: handles)
                UNION ALL SELECT handle, product_number, 2 FROM former_handles WHERE handle IN \(in: handles)
                UNION ALL SELECT archived_handle, number, 3 FROM products WHERE archived_handle IN \(in: handles)
            )
            SELECT f.handle, v.currency FROM found f
            JOIN variants v ON v.product_number = f.number AND v.retired = 0 AND v.position = 0
            ORDER BY f.place, f.number DESC
            """)
        return Dictionary(try rows.map { (try $0.string("handle"), try $0.currency("currency")) }) { first, _ in first }
    }
}
