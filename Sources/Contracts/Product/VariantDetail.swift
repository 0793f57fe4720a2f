package import Commerce

/// A variant together with what others need of its product.
package struct VariantDetail: Hashable, Sendable, Codable {
    package var variant: Variant
    package var productID: ProductID
    package var productHandle: String
    package var productTitle: String
    package var category: String?
    package var tags: [String]
    package var imageURL: String?
    /// False for drafts and archived products: they cannot be bought.
    package var published: Bool

    package init(
        variant: Variant, productID: ProductID, productHandle: String, productTitle: String, category: String?,
        tags: [String], imageURL: String?, published: Bool
    ) {
        self.variant = variant
        self.productID = productID
        self.productHandle = productHandle
        self.productTitle = productTitle
        self.category = category
        self.tags = tags
        self.imageURL = imageURL
        self.published = published
    }
}
