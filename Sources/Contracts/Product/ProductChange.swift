package import Commerce

/// What of a product changes; nil leaves as it is.
package struct ProductChange: Hashable, Sendable {
    package struct VariantChange: Hashable, Sendable {
        package var id: VariantID
        package var price: Money?
        /// `.some(nil)` takes the compare-at price away.
        package var compareAtPrice: Money??
        /// Those that change; an empty one is taken away.
        package var texts: [VariantText: String]
        package init(
            id: VariantID, price: Money? = nil, compareAtPrice: Money?? = nil, sku: String? = nil,
            texts: [VariantText: String] = [:]
        ) {
            self.id = id
            self.price = price
            self.compareAtPrice = compareAtPrice
            self.texts = texts
            if let sku { self.texts[.sku] = sku }
        }

        package var sku: String? {
            get { texts[.sku] }
            set { texts[.sku] = newValue }
        }
    }
    /// The one before it leads to the product from then on.
    package var handle: String?
    package var title: String?
    package var descriptionHTML: String?
    /// Those that change; an empty one is taken away.
    package var texts: [ProductText: String] = [:]
    package var category: String?
    package var tags: [String]?
    package var images: [Product.Image]?
    package var seo: Product.SEO?
    package var status: Product.Status?
    package var variants: [VariantChange] = []
    package init() {}

    package var vendor: String? {
        get { texts[.vendor] }
        set { texts[.vendor] = newValue }
    }
}
