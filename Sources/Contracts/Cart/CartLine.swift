package import Commerce
package import OfferContract

/// A number of one variant in a cart, priced.
package struct CartLine: Hashable, Sendable, Codable {
    package var id: LineID
    package var variantID: VariantID
    package var productID: ProductID
    package var productHandle: String
    package var title: String
    package var variantTitle: String
    package var imageURL: String?
    package var quantity: Int
    package var unitPrice: Money
    package var adjustments: [Adjustment]
    package var total: Money
    /// False when the shop no longer has this many.
    package var available: Bool

    package init(
        id: LineID, variantID: VariantID, productID: ProductID, productHandle: String, title: String,
        variantTitle: String, imageURL: String?, quantity: Int, unitPrice: Money, adjustments: [Adjustment],
        total: Money, available: Bool
    ) {
        self.id = id
        self.variantID = variantID
        self.productID = productID
        self.productHandle = productHandle
        self.title = title
        self.variantTitle = variantTitle
        self.imageURL = imageURL
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.adjustments = adjustments
        self.total = total
        self.available = available
    }

    enum CodingKeys: String, CodingKey {
        case id, title, quantity, adjustments, total, available
        case variantID = "variant_id"
        case productID = "product_id"
        case productHandle = "product_handle"
        case variantTitle = "variant_title"
        case imageURL = "image_url"
        case unitPrice = "unit_price"
    }
}
