import Commerce
import ProductContract
import SQL

extension CatalogueTransaction {
    /// Writes the movement into the ledger and publishes it; the row of `stock` must already hold the result.
    func record(_ movement: Movement, of variant: VariantID) throws {
        guard
            let row = try tx.first(
                """
                SELECT p.id, v.sku, s.tracked, s.on_hand, s.reserved FROM variants v
                JOIN products p ON p.number = v.product_number JOIN stock s ON s.variant_id = v.id
                WHERE v.id = \(variant)
                """)
        else { return }
        let level = StockLevel(
            variantID: variant, sku: try row.string("sku"), tracked: try row.bool("tracked"),
            onHand: try row.int("on_hand"), reserved: try row.int("reserved"))
        try record([(movement, level)], of: try row.id("id"))
    }

    /// As above, each with what is on hand after it.
    func record(_ movements: [(movement: Movement, level: StockLevel)], of product: ProductID) throws {
        let movements = movements.filter { $0.movement.quantity != 0 }
        let rows = movements.map { movement, level in
            [
                level.variantID.sqlValue, movement.kind.rawValue.sqlValue, movement.quantity.sqlValue,
                movement.reason.sqlValue, movement.order.sqlValue, actor.sqlValue, now.sqlValue,
            ]
        }
        try tx.execute(rows: rows) { rows in
            """
            INSERT INTO stock_movements (variant_id, kind, quantity, reason, order_id, actor, occurred_at)
            VALUES \(rows: rows)
            """
        }
        try tellStockChanged(movements, of: product)
    }
}
