package import Commerce

/// One thing that can be bought.
package struct Variant: Hashable, Sendable, Codable {
    package var id: VariantID
    package var sku: String
    package var title: String
    package var options: [String: String]
    package var price: Money
    package var compareAtPrice: Money?
    package var available: Bool
    /// What can still be bought (on hand less reserved); nil when stock is not tracked.
    package var inventoryQuantity: Int?
    /// The picture that shows this variant, one of the product's.
    package var imageURL: String?

    package init(
        id: VariantID, sku: String, title: String, options: [String: String], price: Money, compareAtPrice: Money?,
        available: Bool, inventoryQuantity: Int?, imageURL: String? = nil
    ) {
        self.id = id
        self.sku = sku
        self.title = title
        self.options = options
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.available = available
        self.inventoryQuantity = inventoryQuantity
        self.imageURL = imageURL
    }

    enum CodingKeys: String, CodingKey {
        case id, sku, title, options, price, available
        case compareAtPrice = "compare_at_price"
        case inventoryQuantity = "inventory_quantity"
        case imageURL = "image_url"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(sku, forKey: .sku)
        try container.encode(title, forKey: .title)
        try container.encode(options, forKey: .options)
        try container.encode(price, forKey: .price)
        try container.encode(compareAtPrice, forKey: .compareAtPrice)
        try container.encode(available, forKey: .available)
        try container.encode(inventoryQuantity, forKey: .inventoryQuantity)
        try container.encode(imageURL, forKey: .imageURL)
    }
}
