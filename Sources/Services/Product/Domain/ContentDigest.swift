import Commerce
import ProductContract
import ServiceKit

/// Identifies the content of a product by its ``ContentHash``.
enum ContentDigest {
    static func of(_ draft: ProductDraft) -> String {
        var parts = [
            draft.handle, draft.title, draft.descriptionHTML, draft.vendor, draft.category ?? "", draft.status.rawValue,
            draft.seo.title, draft.seo.description,
        ]
        func list(_ values: [String]) { parts += ["\(values.count)"] + values }
        list(draft.tags)
        list(draft.images.flatMap { [$0.url, $0.alt] })
        list(draft.optionNames)
        for variant in draft.variants {
            list(variant.optionValues)
            parts += [
                variant.sku, variant.price.currency.code, "\(variant.price.amount)",
                variant.compareAtPrice.map { "\($0.amount)" } ?? "", stock(of: variant),
                variant.imageURL ?? "",
            ]
            parts += texts(variant.texts.filter { $0.key != .sku })
        }
        parts += texts(draft.texts.filter { $0.key != .vendor })
        return ContentHash.of(parts)
    }

    /// Only those that are set: the content of a product without them has the digest that it had before there were any.
    private static func texts<Field: TextField>(_ texts: [Field: String]) -> [String] {
        Field.allCases.flatMap { field in texts[field].map { [field.rawValue, $0] } ?? [] }
    }

    /// What the content states of the variant's stock.
    private static func stock(of variant: ProductDraft.Variant) -> String {
        variant.keepsStock ? "kept" : variant.inventoryQuantity.map { "\($0)" } ?? ""
    }
}
