package import Commerce

/// A whole product as staff or an import describe it.
package struct ProductDraft: Hashable, Sendable {
    package static let mostVariants = 2_048

    package struct Variant: Hashable, Sendable {
        /// Option values in the order of the product's options; empty for a product without options.
        package var optionValues: [String]
        package var price: Money
        package var compareAtPrice: Money?
        /// nil: stock is not tracked.
        package var inventoryQuantity: Int?
        package var imageURL: String?
        package var texts: [VariantText: String]
        /// Nothing is known of its stock: a variant that exists keeps it, counted or not; a new one starts with
        /// `inventoryQuantity`. Only ``Products/save(_:)`` looks at it.
        package var keepsStock: Bool

        package init(
            sku: String = "", optionValues: [String], price: Money, compareAtPrice: Money? = nil,
            inventoryQuantity: Int? = nil, imageURL: String? = nil, keepsStock: Bool = false,
            texts: [VariantText: String] = [:]
        ) {
            self.optionValues = optionValues
            self.price = price
            self.compareAtPrice = compareAtPrice
            self.inventoryQuantity = inventoryQuantity
            self.imageURL = imageURL
            self.keepsStock = keepsStock
            self.texts = texts
            if !sku.isEmpty { self.sku = sku }
        }

        package var sku: String {
            get { texts[.sku] ?? "" }
            set { texts[.sku] = newValue.isEmpty ? nil : newValue }
        }
    }
    package var handle: String
    package var title: String
    package var descriptionHTML: String
    package var texts: [ProductText: String]
    /// A display name, or those from the top of the tree down: `Home & Garden > Kitchen > Mugs`. What does not exist is
    /// made.
    package var category: String?
    package var tags: [String]
    package var images: [Product.Image]
    package var optionNames: [String]
    package var variants: [Variant]
    package var seo: Product.SEO
    package var status: Product.Status

    package init(
        handle: String, title: String, descriptionHTML: String = "", vendor: String = "", category: String? = nil,
        tags: [String] = [], images: [Product.Image] = [], optionNames: [String] = [], variants: [Variant],
        seo: Product.SEO = Product.SEO(title: "", description: ""), status: Product.Status = .published,
        texts: [ProductText: String] = [:]
    ) {
        self.handle = handle
        self.title = title
        self.descriptionHTML = descriptionHTML
        self.texts = texts
        self.category = category
        self.tags = tags
        self.images = images
        self.optionNames = optionNames
        self.variants = variants
        self.seo = seo
        self.status = status
        if !vendor.isEmpty { self.vendor = vendor }
    }

    package var vendor: String {
        get { texts[.vendor] ?? "" }
        set { texts[.vendor] = newValue.isEmpty ? nil : newValue }
    }
}
