import Commerce
import ProductContract
import SQL

/// A variant that is about to be written.
struct VariantWriting {
    let id: VariantID
    let position: Int
    let variant: ProductDraft.Variant
    /// What it continues.
    let existing: VariantRecord?

    var movesOptions: Bool { existing.map { !$0.retired && $0.optionValues != variant.optionValues } ?? false }

    /// Whether there is anything to write but its stock.
    var isChange: Bool {
        guard let existing, !existing.retired, existing.position == position else { return true }
        var stored = existing.draft
        stored.inventoryQuantity = variant.inventoryQuantity
        return stored != variant
    }

    var priceChange: (variant: VariantID, before: Money, after: Money)? {
        guard let existing, !existing.retired, existing.price != variant.price else { return nil }
        return (id, existing.price, variant.price)
    }

    /// What is on hand from now on; nil when that is as it was.
    var level: StockLevel? {
        let (onHand, reserved) = (existing?.onHand ?? 0, existing?.reserved ?? 0)
        let isTracked = variant.inventoryQuantity != nil
        let counted = variant.inventoryQuantity.map { max($0, reserved) } ?? onHand
        guard existing?.tracked != isTracked || counted != onHand else { return nil }
        return StockLevel(variantID: id, sku: variant.sku, tracked: isTracked, onHand: counted, reserved: reserved)
    }

    func row(of product: Int64) -> [SQLValue] {
        [
            id.sqlValue, product.sqlValue, position.sqlValue,
            Columns.text(variant.optionValues).sqlValue, variant.price.currency.sqlValue, variant.price.amount.sqlValue,
            (variant.compareAtPrice?.amount).sqlValue, variant.imageURL.sqlValue,
        ] + VariantText.values(of: variant.texts)
    }
}
