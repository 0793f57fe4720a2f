package import Commerce
package import ServiceKit

/// The catalogue and its stock. Every method throws `ServiceError`.
package protocol Products: Sendable {
    /// Published products (all of them for staff that ask with `includeUnpublished`).
    func products(_ query: ProductQuery) async throws -> ProductPage
    /// By id, by handle, or by a handle it had before while no other product has it; 404 `product_not_found`, also for
    /// an unpublished one unless the caller may write products.
    func product(_ idOrHandle: String) async throws -> Product
    /// The variants that exist, with what cart and offer need of their products; unknown ids are left out.
    func variants(_ ids: [VariantID]) async throws -> [VariantDetail]
    func categories() async throws -> [Category]
    /// What the shop sells in when nobody asks for another currency; nil until it was set, or a first product named one.
    func shopCurrency() async throws -> Currency?

    /// Takes stock aside for an order, all lines or none. Repeating a call with the same order changes nothing.
    /// 409 `out_of_stock` with a field per line at fault (`lines[2].quantity`), 404 `variant_not_found`, 409
    /// `reservation_expired` when the order's stock was given back already, by a release or by time.
    func reserve(_ reservation: StockReservation) async throws
    /// Turns a reservation into a sale. Idempotent. One that ran out takes the stock again while it is there; 409
    /// `reservation_expired` when it is not, or when the reservation was released.
    func commitReservation(for order: OrderID) async throws
    /// Gives reserved stock back, and the order can take none any more: a call to reserve or commit that was under way
    /// longer than its caller waited finds that it is too late. Idempotent; the order need not be known.
    func releaseReservation(for order: OrderID) async throws
    /// Puts the stock of a committed reservation back on the shelf (cancelled order). Idempotent.
    func restock(order: OrderID) async throws

    /// Staff, `products:write`: creates a product; 409 `handle_taken` or `sku_taken` when another product that is not
    /// archived has it, 422 invalid.
    func create(_ draft: ProductDraft) async throws -> Outcome<Product>
    /// Staff: replaces what is given. Refuses handles and SKUs as ``create(_:)`` does, those that an archived product
    /// comes back with too.
    func update(_ idOrHandle: String, _ change: ProductChange) async throws -> Product
    /// Staff or importer: creates or updates by handle; says whether anything changed. Variants are matched by option
    /// values, then by SKU where it names one variant only; SKUs may repeat.
    func save(_ draft: ProductDraft) async throws -> SaveResult
    /// Staff or importer: what the products are sold in that ``save(_:)`` would change, by the handles asked for, at most
    /// 1,000; unknown ones are left out.
    func currencies(of handles: [String]) async throws -> [String: Currency]
    /// Staff: takes the product out of the shop (archived; history stays). Its handle and SKUs are free for others.
    func archive(_ idOrHandle: String) async throws
    /// Staff, `inventory:write`: sets or changes what is on hand; 422 when it would fall below what is reserved.
    func adjustStock(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel>
    /// Staff: stock per variant, by variant id.
    func stockLevels(page: PageRequest) async throws -> Page<StockLevel>
    /// Staff: the movements of one variant, newest first.
    func stockMovements(_ variant: VariantID, page: PageRequest) async throws -> Page<StockMovement>
}

package struct ProductQuery: Hashable, Sendable {
    package enum Sort: String, Sendable, CaseIterable {
        case newest = "-created_at", oldest = "created_at", priceUp = "price", priceDown = "-price"
        case title = "title", titleDown = "-title"
        /// Best match first; only with `text`.
        case relevance
    }
    package var text: String?
    /// The handle or id of a category.
    package var category: String?
    /// All of them must be there.
    package var tags: [String] = []
    package var vendor: String?
    package var minimumPrice: Int64?
    package var maximumPrice: Int64?
    package var availableOnly = false
    package var sort: Sort?
    package var cursor: String?
    package var limit = 20
    package var wantsCount = false
    package var includeUnpublished = false
    package init() {}

    /// Whether the answer carries facets.
    package var isFiltered: Bool {
        text != nil || category != nil || !tags.isEmpty || vendor != nil || minimumPrice != nil || maximumPrice != nil
            || availableOnly
    }
}

package struct ProductPage: Sendable, Encodable {
    package var items: [Product]
    package var nextCursor: String?
    package var count: Int?
    package var facets: Facets?

    package struct Facets: Hashable, Sendable, Codable {
        package struct Value: Hashable, Sendable, Codable {
            package var value: String
            package var count: Int
            package init(value: String, count: Int) {
                self.value = value
                self.count = count
            }
        }
        package var categories: [Value]
        package var tags: [Value]
        package var vendors: [Value]
        package init(categories: [Value], tags: [Value], vendors: [Value]) {
            self.categories = categories
            self.tags = tags
            self.vendors = vendors
        }
    }

    package init(items: [Product], nextCursor: String?, count: Int?, facets: Facets?) {
        self.items = items
        self.nextCursor = nextCursor
        self.count = count
        self.facets = facets
    }

    enum CodingKeys: String, CodingKey {
        case items, count, facets
        case nextCursor = "next_cursor"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(nextCursor, forKey: .nextCursor)
        try container.encodeIfPresent(count, forKey: .count)
        try container.encodeIfPresent(facets, forKey: .facets)
    }
}

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
