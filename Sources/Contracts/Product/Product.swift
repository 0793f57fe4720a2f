package import Commerce

/// A product as the shop shows it. The JSON form is the public one.
package struct Product: Hashable, Sendable {
    package var id: ProductID
    package var handle: String
    package var title: String
    package var descriptionHTML: String
    package var vendor: String
    /// The handle of its category, nil when it has none.
    package var category: String?
    package var tags: [String]
    package var images: [Image]
    package var options: [Option]
    /// All of them, or on a page of many large products the first of each, options and their values too.
    package var variants: [Variant]
    /// How many there are.
    package var variantCount: Int
    package var priceRange: PriceRange
    package var available: Bool
    package var seo: SEO
    package var createdAt: Instant
    package var status: Status
    /// Grows by one with every change of product, variants or stock: the ETag.
    package var version: Int64

    package enum Status: String, Sendable, Codable { case draft, published, archived }

    package struct Image: Hashable, Sendable, Codable {
        package var url: String
        package var alt: String
        package init(url: String, alt: String) {
            self.url = url
            self.alt = alt
        }
    }

    package struct Option: Hashable, Sendable, Codable {
        package var name: String
        package var values: [String]
        package init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    package struct PriceRange: Hashable, Sendable, Codable {
        package var min: Money
        package var max: Money
        package init(min: Money, max: Money) {
            self.min = min
            self.max = max
        }
    }

    package struct SEO: Hashable, Sendable, Codable {
        package var title: String
        package var description: String
        package init(title: String, description: String) {
            self.title = title
            self.description = description
        }
    }

    package init(
        id: ProductID, handle: String, title: String, descriptionHTML: String, vendor: String, category: String?,
        tags: [String], images: [Image], options: [Option], variants: [Variant], variantCount: Int? = nil,
        priceRange: PriceRange, available: Bool, seo: SEO, createdAt: Instant, status: Status, version: Int64
    ) {
        self.id = id
        self.handle = handle
        self.title = title
        self.descriptionHTML = descriptionHTML
        self.vendor = vendor
        self.category = category
        self.tags = tags
        self.images = images
        self.options = options
        self.variants = variants
        self.variantCount = variantCount ?? variants.count
        self.priceRange = priceRange
        self.available = available
        self.seo = seo
        self.createdAt = createdAt
        self.status = status
        self.version = version
    }
}

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

/// A node of the category tree.
package struct Category: Hashable, Sendable, Codable {
    package var id: CategoryID
    package var handle: String
    package var title: String
    /// Published products in it.
    package var productCount: Int
    package var children: [Category]

    package init(id: CategoryID, handle: String, title: String, productCount: Int, children: [Category] = []) {
        self.id = id
        self.handle = handle
        self.title = title
        self.productCount = productCount
        self.children = children
    }

    enum CodingKeys: String, CodingKey {
        case id, handle, title, children
        case productCount = "product_count"
    }
}
