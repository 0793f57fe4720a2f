package import Commerce

/// What of a product changes; nil leaves as it is.
package struct ProductChange: Hashable, Sendable {
    package struct VariantChange: Hashable, Sendable {
        package var id: VariantID
        package var price: Money?
        /// `.some(nil)` takes the compare-at price away.
        package var compareAtPrice: Money??
        package var sku: String?
        package init(id: VariantID, price: Money? = nil, compareAtPrice: Money?? = nil, sku: String? = nil) {
            self.id = id
            self.price = price
            self.compareAtPrice = compareAtPrice
            self.sku = sku
        }
    }
    /// The one before it leads to the product from then on.
    package var handle: String?
    package var title: String?
    package var descriptionHTML: String?
    package var vendor: String?
    package var category: String?
    package var tags: [String]?
    package var images: [Product.Image]?
    package var seo: Product.SEO?
    package var status: Product.Status?
    package var variants: [VariantChange] = []
    package init() {}
}
