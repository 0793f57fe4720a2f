import Commerce
import ProductContract

/// A variant as the catalogue holds it, with its stock.
struct VariantRecord {
    let id: VariantID
    let productNumber: Int64
    let position: Int
    let optionValues: [String]
    let price: Money
    let compareAtPrice: Money?
    let imageURL: String?
    let texts: [VariantText: String]
    /// No longer sold; kept for its ledger and for orders that name it.
    let retired: Bool
    let tracked: Bool
    let onHand: Int
    let reserved: Int

    var sku: String { texts[.sku] ?? "" }
    var isAvailable: Bool { !tracked || onHand > reserved }

    var draft: ProductDraft.Variant {
        ProductDraft.Variant(
            optionValues: optionValues, price: price, compareAtPrice: compareAtPrice,
            inventoryQuantity: tracked ? onHand : nil, imageURL: imageURL, texts: texts)
    }

    var level: StockLevel { StockLevel(variantID: id, sku: sku, tracked: tracked, onHand: onHand, reserved: reserved) }

    func variant(optionNames: [String]) -> Variant {
        Variant(
            id: id, title: optionValues.joined(separator: " / "),
            options: Dictionary(zip(optionNames, optionValues), uniquingKeysWith: { first, _ in first }), price: price,
            compareAtPrice: compareAtPrice, available: isAvailable,
            inventoryQuantity: tracked ? onHand - reserved : nil, imageURL: imageURL, texts: texts)
    }
}
