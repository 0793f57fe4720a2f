import Commerce
import ProductContract
import SQL

/// The quantities that the last imported file gave.
extension CatalogueTransaction {
    /// The variants for which a file gives the same quantity as the file before it.
    func sameStockAsImported(
        _ variants: [ProductDraft.Variant], continuing: [VariantRecord?]
    ) throws -> Set<VariantID> {
        let rows = try tx.query(
            """
            SELECT variant_id, quantity FROM imported_stock WHERE variant_id IN \(in: continuing.compactMap { $0?.id })
            """)
        let imported = Dictionary(
            uniqueKeysWithValues: try rows.map { row -> (VariantID, Int?) in
                (try row.id("variant_id"), try row.optionalInt64("quantity").map { Int($0) })
            })
        let pairs = zip(continuing, variants).compactMap { existing, variant in existing.map { ($0.id, variant) } }
        return Set(pairs.filter { imported[$0] == .some($1.inventoryQuantity) }.map(\.0))
    }

    /// Stores the quantities that a file gives for a product that now has exactly these variants.
    ///
    /// - Parameter kept: Those whose stock was left alone because the file gives the same quantity again.
    func writeImportedStock(_ draft: ProductDraft, of number: Int64, keptStockOf kept: Set<VariantID> = []) throws {
        let variants = try stored(number).variants
        let pairs = zip(variants.filter { !$0.retired }, draft.variants)
        // Where more is reserved than the file gives, more is on hand: the next file sets it again.
        let unmet = pairs.filter { !kept.contains($0.id) && ($1.inventoryQuantity ?? $0.onHand) != $0.onHand }.map(\.0)
        let deleted = Set((variants.filter(\.retired) + unmet).map(\.id))
        try tx.execute("DELETE FROM imported_stock WHERE variant_id IN \(in: Array(deleted))")
        let rows = pairs.filter { !$0.1.keepsStock && !deleted.contains($0.0.id) }.map { existing, variant in
            [existing.id.sqlValue, variant.inventoryQuantity.sqlValue]
        }
        try tx.execute(rows: rows) { rows in
            """
            INSERT INTO imported_stock (variant_id, quantity) VALUES \(rows: rows)
            ON CONFLICT (variant_id) DO UPDATE SET quantity = excluded.quantity
            """
        }
    }
}
