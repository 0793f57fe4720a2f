import Calls
import Commerce
import Hummingbird
import ProductContract
import Web

/// Products and categories, for everyone.
struct CatalogueRoutes: Sendable {
    let products: any Products
    let cache: ReadyMadeCache

    func add(to table: inout RouteTable) {
        table.get("/products", use: list)
        table.get("/products/{id}", use: product)
        table.get("/categories", use: categories)
    }

    @Sendable private func list(_ call: Call) async throws -> Response {
        let query = call.request.uri.query ?? ""
        // A query too long to be a hot one is not worth a place in the cache.
        return try await read(call, query.utf8.count <= 500 ? "list?\(query)" : nil) {
            try await products.products(ProductQuery(call.query()))
        }
    }

    @Sendable private func product(_ call: Call) async throws -> Response {
        let name = try call.name("id", of: "product")
        return try await read(call, "product/\(name)") { try await products.product(name) }
    }

    @Sendable private func categories(_ call: Call) async throws -> Response {
        try await read(call, "categories") { WholeList(items: try await products.categories()) }
    }

    /// Staff may see more than others, and want it fresh.
    private func read(
        _ call: Call, _ key: String?, _ load: () async throws -> some Encodable
    ) async throws -> Response {
        let isStaff = call.principal.may(.productsWrite)
        guard let key, !isStaff else {
            return try await ReadyMade(load(), isPublic: !isStaff).response(to: call.request)
        }
        return try await cache.answer(key) { try await ReadyMade(load(), isPublic: true) }.response(to: call.request)
    }
}

extension ProductQuery {
    /// Reads `q`, filters, order and page. Throws `invalid_request` (422).
    init(_ query: QueryFields) throws(ServiceError) {
        self.init()
        text = try query.string("q", max: 200).flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        category = try query.string("category")
        tags = try query.strings("tag", maxCount: 20)
        vendor = try query.string("vendor")
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
            throw .invalid("sort", code: "unknown_value", "must be one of \(known)")
        }
        guard sort != .relevance || hasText else {
            throw .invalid("sort", code: "unknown_value", "relevance needs a search: q")
        }
        return sort
    }
}
