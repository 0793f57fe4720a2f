import Commerce
import ProductContract

extension ProductDraft {
    /// The content of a product that is stored already: its category as the product has it where only the spelling
    /// differs, and the stock that must not change.
    ///
    /// - Parameters:
    ///   - continuing: Which stored variant each variant continues.
    ///   - stock: nil leaves the stock of existing variants alone.
    ///   - kept: Existing variants whose stock is left alone in any case.
    func content(
        of record: ProductRecord, continuing: [VariantRecord?], stock: StockSource?, keepingStockOf kept: Set<VariantID>
    ) -> ProductDraft {
        var target = self
        if let title = record.categoryTitle, let wanted = category, Slug.of(title) == Slug.of(wanted) {
            target.category = title
        }
        for (index, existing) in continuing.enumerated() {
            guard let existing else { continue }
            if stock == nil || kept.contains(existing.id) {
                target.variants[index].inventoryQuantity = existing.draft.inventoryQuantity
            }
            target.variants[index].keepsStock = false
            if let quantity = target.variants[index].inventoryQuantity {
                target.variants[index].inventoryQuantity = max(quantity, existing.reserved)
            }
        }
        return target
    }
}
