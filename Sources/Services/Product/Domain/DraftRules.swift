import Commerce
import ProductContract
import ServiceKit

/// The rules that a product must meet to be stored.
enum DraftRules {
    /// Trimmed, with https pictures, no tag twice, and a handle made from the title when none is given.
    static func tidied(_ draft: ProductDraft) -> ProductDraft {
        var tidy = draft
        tidy.title = draft.title.trimmed
        tidy.handle = draft.handle.isEmpty ? Slug.of(tidy.title) : draft.handle
        tidy.texts = tidied(draft.texts)
        tidy.category = draft.category.map { CategoryPath($0).text }.flatMap { $0.isEmpty ? nil : $0 }
        var seen: Set<String> = []
        tidy.tags = draft.tags.map(\.trimmed).filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }
        for index in tidy.images.indices { tidy.images[index].url = secured(tidy.images[index].url) }
        tidy.optionNames = draft.optionNames.map(\.trimmed)
        tidy.variants = draft.variants.map { variant in
            var variant = variant
            variant.optionValues = variant.optionValues.map(\.trimmed)
            variant.imageURL = variant.imageURL.map(secured)
            variant.texts = tidied(variant.texts)
            return variant
        }
        return tidy
    }

    /// Trimmed, and those that are set.
    private static func tidied<Field: TextField>(_ texts: [Field: String]) -> [Field: String] {
        texts.mapValues(\.trimmed).filter { !$0.value.isEmpty }
    }

    /// For imports: a compare-at price that is no reduction and a picture the product does not have are left out.
    static func lenient(_ draft: ProductDraft) -> ProductDraft {
        var lenient = draft
        let pictures = Set(draft.images.map(\.url))
        for index in lenient.variants.indices {
            let variant = lenient.variants[index]
            if let compareAt = variant.compareAtPrice, compareAt.amount <= variant.price.amount {
                lenient.variants[index].compareAtPrice = nil
            }
            if let picture = variant.imageURL, !pictures.contains(picture) { lenient.variants[index].imageURL = nil }
        }
        return lenient
    }

    /// The draft tidied, as it can be stored. Throws 422 with everything that is wrong with it.
    ///
    /// - Parameter chosen: Positions of the variants whose SKU may not be another variant's of the product.
    static func accepted(_ draft: ProductDraft, skusOf chosen: [Int]) throws(ServiceError) -> ProductDraft {
        let tidy = tidied(draft)
        try faults(in: tidy, skusOf: chosen).check()
        return tidy
    }

    /// Everything that is wrong with a tidied draft, by field; empty when it can be stored.
    ///
    /// - Parameter chosen: Positions of the variants whose SKU may not be another variant's.
    private static func faults(in draft: ProductDraft, skusOf chosen: [Int]) -> FieldFaults {
        var check = FieldCheck()
        check.text("title", draft.title, required: true, limit: DraftLimits.title)
        check.faults.require(
            Handle.isValid(draft.handle), "handle", ProductFieldCode.invalidHandle,
            "must be lower-case letters, digits and hyphens")
        check.html("description_html", draft.descriptionHTML, limit: DraftLimits.descriptionHTML)
        check.texts(draft.texts)
        check.category(draft.category)
        check.text("seo.title", draft.seo.title, limit: DraftLimits.seoTitle)
        check.html("seo.description", draft.seo.description, limit: DraftLimits.seoDescription)
        check.faults.require(
            draft.tags.count <= DraftLimits.tags, "tags", FieldCode.tooMany, "must be at most \(DraftLimits.tags)")
        for (index, tag) in draft.tags.enumerated() { check.text("tags[\(index)]", tag, limit: DraftLimits.tag) }
        check.faults.require(
            draft.images.count <= DraftLimits.images, "images", FieldCode.tooMany,
            "must be at most \(DraftLimits.images)")
        for (index, image) in draft.images.enumerated() {
            check.faults.require(
                isPicture(image.url), "images[\(index)].url", ProductFieldCode.invalidURL,
                "must be http(s) or start with one /")
            check.text("images[\(index)].alt", image.alt, limit: DraftLimits.imageAlt)
        }
        check.options(draft)
        check.variants(draft)
        check.skus(draft, chosen: chosen)
        return check.faults
    }

    /// A tidied https URL or root-relative path, without white space or control characters.
    private static func isPicture(_ url: String) -> Bool {
        let bytes = url.utf8
        guard bytes.count <= DraftLimits.imageURL,
            bytes.allSatisfy({ $0 > 32 && $0 != 127 && !"\"<>\\".utf8.contains($0) })
        else {
            return false
        }
        if bytes.starts(with: "https://".utf8) { return bytes.count > "https://".utf8.count }
        return bytes.starts(with: "/".utf8) && !bytes.starts(with: "//".utf8)
    }

    /// With https instead of http: pages load no pictures by plain http.
    private static func secured(_ url: String) -> String {
        let scheme = url.prefix { $0 != ":" }
        return ["http", "https"].contains(scheme.lowercased()) ? "https" + url.dropFirst(scheme.count) : url
    }
}
