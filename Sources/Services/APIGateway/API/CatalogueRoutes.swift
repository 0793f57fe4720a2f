import AuthContract
import Commerce
import Hummingbird
import ProductContract
import ServiceKit
import Web

/// Products and categories, for everyone.
struct CatalogueRoutes: Sendable {
    let products: any Products
    let cache: ResponseCache
    /// How long a product's response is valid without asking the catalogue for its version.
    let productLifetime: Duration
    private let listLifetime = Duration.seconds(1)

    init(products: any Products, cache: ResponseCache, productLifetime: Duration) {
        self.products = products
        self.cache = cache
        self.productLifetime = productLifetime
    }

    func add(to table: inout RouteTable) {
        table.get("/products", use: list)
        table.get("/products/{id}", use: product)
        table.get("/categories", use: categories)
        table.get("/categories/{id}", use: category)
    }

    @Sendable private func list(_ call: Call) async throws -> Response {
        let query = call.request.uri.query ?? ""
        // Long queries are rarely repeated and are not cached.
        if isStaff(call) || query.utf8.count > 500 { return try await fresh(call, page(call)) }
        return try await cache.response(HotRead.list(query: query).key, lifetime: listLifetime) { try await page(call) }
            .response(to: call.request)
    }

    @Sendable private func product(_ call: Call) async throws -> Response {
        let name = try call.name("id", else: .productNotFound)
        if isStaff(call) { return try await fresh(call, products.product(name)) }
        return try await cache.response(
            HotRead.product(name).key, lifetime: productLifetime, source: ResponseCache.Source.init
        ) {
            try await products.product(name)
        }.response(to: call.request)
    }

    @Sendable private func categories(_ call: Call) async throws -> Response {
        try await cache.response(HotRead.categories.key, lifetime: listLifetime) {
            Page(items: try await products.categories(), nextCursor: nil)
        }.response(to: call.request)
    }

    @Sendable private func category(_ call: Call) async throws -> Response {
        let name = try call.name("id", else: .categoryNotFound)
        guard let found = Category.path(to: name, in: try await products.categories())?.last else {
            throw ServiceError.categoryNotFound
        }
        return try CachedResponse(found, isPublic: true).response(to: call.request)
    }

    private func page(_ call: Call) async throws -> ProductPage {
        try await products.products(ProductQuery(call.query()))
    }

    /// Staff may see more than others, and the current state.
    private func isStaff(_ call: Call) -> Bool { call.principal.may(.productsWrite) }

    private func fresh(_ call: Call, _ value: some Encodable) throws -> Response {
        try CachedResponse(value, isPublic: !isStaff(call)).response(to: call.request)
    }
}

extension ProductQuery {
    /// Reads `q`, filters, order and page. Throws `invalid_request` (422).
    init(_ query: QueryFields) throws(ServiceError) {
        self.init()
        text = try query.string("q", max: 200).flatMap { $0.isBlank ? nil : $0 }
        category = try query.string("category")
        tags = try query.strings("tag", maxCount: 20)
        for field in ProductText.filters { texts[field] = try query.string(field.rawValue) }
        minimumPrice = try query.int("price[gte]", in: 0...1_000_000_000_000).map(Int64.init)
        maximumPrice = try query.int("price[lte]", in: 0...1_000_000_000_000).map(Int64.init)
        availableOnly = try query.bool("available") ?? false
        sort = try Self.sort(query.string("sort"), hasText: text != nil)
        cursor = try query.cursor()
        limit = try query.limit()
        wantsCount = try query.bool("count") ?? false
    }

    private static func sort(_ name: String?, hasText: Bool) throws(ServiceError) -> Sort? {
        guard let name else { return nil }
        guard let sort = Sort(rawValue: name) else {
            let known = Sort.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid("sort", code: FieldCode.unknownValue, "must be one of \(known)")
        }
        guard sort != .relevance || hasText else {
            throw .invalid("sort", code: FieldCode.unknownValue, "relevance needs a search: q")
        }
        return sort
    }
}
