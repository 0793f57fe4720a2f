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
        if let path = record.categoryPath, let wanted = category, CategoryPath(path).isSame(as: CategoryPath(wanted)) {
            target.category = path
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

    /// An import's draft, with the category that the product has where earlier versions made it of the last step alone:
    /// its address and the promotions that name it stay.
    func keepingFlatCategory(of record: ProductRecord) -> ProductDraft {
        guard let path = record.categoryPath, let category, CategoryPath(path).isFlatForm(of: CategoryPath(category))
        else { return self }
        var draft = self
        draft.category = path
        return draft
    }
}
