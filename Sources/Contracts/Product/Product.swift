package import Commerce

/// A product as the shop shows it. The JSON form is the public one.
package struct Product: Hashable, Sendable {
    package var id: ProductID
    package var handle: String
    package var title: String
    package var descriptionHTML: String
    package var texts: [ProductText: String]
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
        id: ProductID, handle: String, title: String, descriptionHTML: String, vendor: String = "", category: String?,
        tags: [String], images: [Image], options: [Option], variants: [Variant], variantCount: Int? = nil,
        priceRange: PriceRange, available: Bool, seo: SEO, createdAt: Instant, status: Status, version: Int64,
        texts: [ProductText: String] = [:]
    ) {
        self.id = id
        self.handle = handle
        self.title = title
        self.descriptionHTML = descriptionHTML
        self.texts = texts
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
        if !vendor.isEmpty { self.vendor = vendor }
    }

    package var vendor: String {
        get { texts[.vendor] ?? "" }
        set { texts[.vendor] = newValue.isEmpty ? nil : newValue }
    }
}
