import Commerce
import ProductContract

/// Identifies the content of a product; no defence against forgery is needed here.
/// FNV-1a, 128 bits: http://www.isthe.com/chongo/tech/comp/fnv/
enum ContentDigest {
    static func of(_ parts: [String]) -> String {
        let prime = UInt128(1) << 88 | UInt128(0x13B)
        var hash = UInt128(0x6C62_272E_07BB_0142) << 64 | UInt128(0x62B8_2175_6295_C58D)
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt128(byte)) &* prime }
            hash = (hash ^ 0x1F) &* prime  // Ends the part, so that ["ab", ""] differs from ["a", "b"].
        }
        return String(hash, radix: 16)
    }

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
        }
        return of(parts)
    }

    /// What the content states of the variant's stock.
    private static func stock(of variant: ProductDraft.Variant) -> String {
        variant.keepsStock ? "kept" : variant.inventoryQuantity.map { "\($0)" } ?? ""
    }
}
