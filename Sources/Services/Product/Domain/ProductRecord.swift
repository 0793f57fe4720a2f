import Commerce
import ProductContract

/// A product as the catalogue holds it, with its variants and their stock.
struct ProductRecord {
    let number: Int64
    let id: ProductID
    let handle: String
    let title: String
    let descriptionHTML: String
    let texts: [ProductText: String]
    let categoryHandle: String?
    let categoryID: CategoryID?
    /// As a draft names it.
    let categoryPath: String?
    var tags: [String] = []
    let images: [Product.Image]
    let optionNames: [String]
    var variants: [VariantRecord] = []
    /// Of all variants, where only the first of them were read.
    var summary: VariantSummary?
    let seo: Product.SEO
    let status: Product.Status
    let version: Int64
    let importDigest: String?
    let createdAt: Instant

    /// Its content as staff and imports describe it; quantities are what is on hand.
    var draft: ProductDraft {
        ProductDraft(
            handle: handle, title: title, descriptionHTML: descriptionHTML, category: categoryPath,
            tags: tags, images: images, optionNames: optionNames,
            variants: variants.filter { !$0.retired }.map(\.draft),
            seo: seo, status: status, texts: texts)
    }

    /// What the shop shows; nil when no variant is left.
    var product: Product? {
        let current = variants.filter { !$0.retired }
        guard var lowest = current.first?.price, var highest = current.first?.price else { return nil }
        for variant in current {
            if variant.price.amount < lowest.amount { lowest = variant.price }
            if variant.price.amount > highest.amount { highest = variant.price }
        }
        let options = optionNames.enumerated().map { index, name in
            var seen: Set<String> = []
            let values = current.compactMap { $0.optionValues.indices.contains(index) ? $0.optionValues[index] : nil }
            return Product.Option(name: name, values: values.filter { seen.insert($0).inserted })
        }
        return Product(
            id: id, handle: handle, title: title, descriptionHTML: descriptionHTML,
            category: categoryHandle, tags: tags, images: images, options: options,
            variants: current.map { $0.variant(optionNames: optionNames) }, variantCount: summary?.count,
            priceRange: Product.PriceRange(min: summary?.lowest ?? lowest, max: summary?.highest ?? highest),
            available: summary?.isAvailable ?? current.contains(where: \.isAvailable),
            seo: seo, createdAt: createdAt, status: status, version: version, texts: texts)
    }
}
