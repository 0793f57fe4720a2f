import Commerce
import ProductContract
import SQL
import ServiceKit

extension StockMovement {
    /// The newest movements of a variant before a number. Throws 404 when there is no such variant.
    static func all(
        of variant: VariantID, before: Int64, limit: Int, in tx: any SQLTransaction
    ) throws -> [StockMovement] {
        guard try tx.first("SELECT id FROM variants WHERE id = \(variant)") != nil else {
            throw ServiceError.variantNotFound
        }
        return try tx.query(
            """
            SELECT * FROM stock_movements WHERE variant_id = \(variant) AND id < \(before)
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map(StockMovement.init(row:))
    }

    static func count(of variant: VariantID, in tx: any SQLTransaction) throws -> Int? {
        try tx.first("SELECT COUNT(*) AS total FROM stock_movements WHERE variant_id = \(variant)")?.int("total")
    }

    private init(row: SQLRow) throws {
        let kind = try row.string("kind")
        guard let kind = Kind(rawValue: kind) else { throw SQLError.decoding("unknown movement \(kind)") }
        self.init(
            id: try row.int64("id"), variantID: try row.id("variant_id"), kind: kind, quantity: try row.int("quantity"),
            reason: try row.string("reason"), orderID: try row.optionalID("order_id"), actor: try row.string("actor"),
            occurredAt: try row.instant("occurred_at"))
    }
}
