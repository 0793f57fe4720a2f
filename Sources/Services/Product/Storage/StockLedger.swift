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
        guard movement.quantity != 0 else { return }
        try tx.execute(
            """
            INSERT INTO stock_movements (variant_id, kind, quantity, reason, order_id, actor, occurred_at)
            VALUES (\(variant), \(movement.kind.rawValue), \(movement.quantity), \(movement.reason),
                \(movement.order), \(actor), \(now))
            """)
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
        try tellStockChanged(level, of: try row.id("id"), movement: movement)
    }

    /// Sets what an import or a new product says is on hand: nil stops the counting, reserved pieces are never lost.
    func setStock(of variant: VariantRecord, to quantity: Int?, kind: StockMovement.Kind, reason: String) throws {
        guard let quantity else {
            if variant.tracked { try tx.execute("UPDATE stock SET tracked = 0 WHERE variant_id = \(variant.id)") }
            return
        }
        let onHand = max(quantity, variant.reserved)
        guard !variant.tracked || onHand != variant.onHand else { return }
        try tx.execute("UPDATE stock SET tracked = 1, on_hand = \(onHand) WHERE variant_id = \(variant.id)")
        try record(Movement(kind: kind, quantity: onHand - variant.onHand, reason: reason), of: variant.id)
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
        let forgotten = (variants.filter(\.retired) + unmet).map(\.id)
        try tx.execute("DELETE FROM imported_stock WHERE variant_id IN \(in: forgotten)")
        for (variant, said) in pairs where !said.keepsStock && !forgotten.contains(variant.id) {
            try tx.execute(
                """
                INSERT INTO imported_stock (variant_id, quantity) VALUES (\(variant.id), \(said.inventoryQuantity))
                ON CONFLICT (variant_id) DO UPDATE SET quantity = excluded.quantity
                """)
        }
    }
}
