package import Commerce

/// One thing that can be bought.
package struct Variant: Hashable, Sendable, Codable {
    package var id: VariantID
    package var title: String
    package var options: [String: String]
    package var price: Money
    package var compareAtPrice: Money?
    package var available: Bool
    /// What can still be bought (on hand less reserved); nil when stock is not tracked.
    package var inventoryQuantity: Int?
    /// The picture that shows this variant, one of the product's.
    package var imageURL: String?
    package var texts: [VariantText: String]

    package init(
        id: VariantID, sku: String = "", title: String, options: [String: String], price: Money, compareAtPrice: Money?,
        available: Bool, inventoryQuantity: Int?, imageURL: String? = nil,
        texts: [VariantText: String] = [:]
    ) {
        self.id = id
        self.title = title
        self.options = options
        self.price = price
        self.compareAtPrice = compareAtPrice
        self.available = available
        self.inventoryQuantity = inventoryQuantity
        self.imageURL = imageURL
        self.texts = texts
        if !sku.isEmpty { self.sku = sku }
    }

    package var sku: String {
        get { texts[.sku] ?? "" }
        set { texts[.sku] = newValue.isEmpty ? nil : newValue }
    }

    enum CodingKeys: String, CodingKey {
        case id, title, options, price, available
        case compareAtPrice = "compare_at_price"
        case inventoryQuantity = "inventory_quantity"
        case imageURL = "image_url"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(VariantID.self, forKey: .id),
            title: try container.decode(String.self, forKey: .title),
            options: try container.decode([String: String].self, forKey: .options),
            price: try container.decode(Money.self, forKey: .price),
            compareAtPrice: try container.decodeIfPresent(Money.self, forKey: .compareAtPrice),
            available: try container.decode(Bool.self, forKey: .available),
            inventoryQuantity: try container.decodeIfPresent(Int.self, forKey: .inventoryQuantity),
            imageURL: try container.decodeIfPresent(String.self, forKey: .imageURL),
            texts: try VariantText.decode(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(title, forKey: .title)
        try container.encode(options, forKey: .options)
        try container.encode(price, forKey: .price)
        try container.encode(compareAtPrice, forKey: .compareAtPrice)
        try container.encode(available, forKey: .available)
        try container.encode(inventoryQuantity, forKey: .inventoryQuantity)
        try container.encode(imageURL, forKey: .imageURL)
        try VariantText.encode(texts, to: encoder)
    }
}
