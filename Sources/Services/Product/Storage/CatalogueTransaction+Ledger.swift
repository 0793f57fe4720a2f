import Commerce
import ProductContract
import SQL

/// Why and by how much what is on hand changes.
struct Movement {
    var kind: StockMovement.Kind
    var quantity: Int
    var reason: String
    var order: OrderID?
}

extension CatalogueTransaction {
    /// Writes the movement into the ledger and tells it; the row of `stock` must already hold the result.
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

    /// The variants of which a file says again what the one before it said.
    func sameStockAsImported(
        _ variants: [ProductDraft.Variant], continuing: [VariantRecord?]
    ) throws -> Set<VariantID> {
        let rows = try tx.query(
            """
            SELECT variant_id, quantity FROM imported_stock WHERE variant_id IN \(in: continuing.compactMap { $0?.id })
            """)
        let said = Dictionary(
            uniqueKeysWithValues: try rows.map { row -> (VariantID, Int?) in
                (try row.id("variant_id"), try row.optionalInt64("quantity").map { Int($0) })
            })
        let pairs = zip(continuing, variants).compactMap { existing, variant in existing.map { ($0.id, variant) } }
        return Set(pairs.filter { said[$0] == .some($1.inventoryQuantity) }.map(\.0))
    }

    /// Remembers what the file says of a product that now has exactly these variants.
    ///
    /// - Parameter kept: Those whose stock was left alone because it says the same again.
    func noteImportedStock(_ draft: ProductDraft, of number: Int64, keptStockOf kept: Set<VariantID> = []) throws {
        let variants = try stored(number).variants
        let pairs = zip(variants.filter { !$0.retired }, draft.variants)
        // More than the file says is on hand where more is reserved: then it is said anew next time.
        let unmet = pairs.filter { !kept.contains($0.id) && ($1.inventoryQuantity ?? $0.onHand) != $0.onHand }.map(\.0)
        let forgotten = Set((variants.filter(\.retired) + unmet).map(\.id))
        try tx.execute("DELETE FROM imported_stock WHERE variant_id IN \(in: Array(forgotten))")
        let rows = pairs.filter { !$0.1.keepsStock && !forgotten.contains($0.0.id) }.map { variant, said in
            [variant.id.sqlValue, said.inventoryQuantity.sqlValue]
        }
        try tx.execute(rows: rows) { rows in
            """
            INSERT INTO imported_stock (variant_id, quantity) VALUES \(rows: rows)
            ON CONFLICT (variant_id) DO UPDATE SET quantity = excluded.quantity
            """
        }
    }
}
