import AnalyticsContract
import Commerce
import Hummingbird
import ProductContract
import ServiceKit
import Web

/// The home page, categories, search and products.
struct CatalogueRoutes: Sendable {
    let products: any Products
    let catalogue: CatalogueCache
    let behaviour: BehaviourClient
    let renderer: PageRenderer

    func add(to routes: inout PageRoutes) {
        routes.get("/") { request in await home(&request) }
        routes.get("/categories/{handle}") { request in try await category(&request) }
        routes.get("/search") { request in try await search(&request) }
        routes.get("/products/{handle}") { request in try await product(&request) }
        routes.post("/products/{handle}/choose") { request in
            let form = request.form
            let query = (0..<3).filter { form.optional("o\($0)") != nil }
                .map { "o\($0)=" + PercentEncoding.encoded(form.text("o\($0)")) }.joined(separator: "&")
            let handle = PercentEncoding.encoded(request.context.parameter("handle"))
            return request.redirect(to: "/products/\(handle)" + (query.isEmpty ? "" : "?" + query))
        }
    }

    private func home(_ request: inout ShopRequest) async -> Response {
        let categories = await catalogue.categories()
        let view = CatalogueViews.home(
            newest: await catalogue.newest(), categories: categories,
            wording: renderer.frame.profile.wording(categories: categories.map(\.title)))
        await behaviour.viewed(request)
        return await renderer.page("home", nil, view, &request, canonical: "/")
    }

    private func category(_ request: inout ShopRequest) async throws -> Response {
        let handle = request.context.parameter("handle")
        guard let path = await catalogue.path(to: handle), let category = path.last else {
            throw ServiceError.categoryNotFound
        }
        var list = try await listRequest(request, path: "/categories/" + category.handle, isSearch: false)
        list.query.category = category.handle
        if list.query.sort == nil { list.query.sort = .newest }
        let page = try await FindProducts(products: products).run(list.query, isSearch: false)
        let view = ListViews.category(category, above: path.dropLast(), page, list)
        await behaviour.viewed(request)
        return await renderer.page("list", category.title, view, &request, canonical: "/categories/" + category.handle)
    }

    private func search(_ request: inout ShopRequest) async throws -> Response {
        let fields = try request.query()
        guard let text = try fields.string("q", max: 200), !text.isBlank else {
            return await renderer.page("list", "Search", ListViews.emptySearch, &request)
        }
        var list = try await listRequest(request, path: "/search", isSearch: true)
        list.query.text = text
        list.query.category = try fields.string("category")
        let page = try await FindProducts(products: products).run(list.query, isSearch: true)
        let view = ListViews.search(text, page, list, titles: await catalogue.titles())
        await behaviour.viewed(request, and: .searched, ["query_length": "\(text.count)"])
        return await renderer.page("list", "Search: \(text)", view, &request)
    }

    private func listRequest(_ request: ShopRequest, path: String, isSearch: Bool) async throws -> ListRequest {
        let fields = try request.query()
        let currency = await catalogue.currency() ?? .usd
        var list = ListRequest(path: path, isSearch: isSearch)
        list.minimumText = try fields.string("min", max: 12)
        list.maximumText = try fields.string("max", max: 12)
        list.query.minimumPrice = list.minimumText.flatMap { Prices.amount(of: $0, in: currency) }
        list.query.maximumPrice = list.maximumText.flatMap { Prices.amount(of: $0, in: currency) }
        for field in ProductText.filters { list.query.texts[field] = try fields.string(field.rawValue) }
        list.query.tags = try fields.strings("tag", maxCount: 10)
        list.query.availableOnly = try fields.string("available") == "true"
        list.query.sort = try fields.string("sort").flatMap { ProductQuery.Sort(rawValue: $0) }
        if !isSearch, list.query.sort == .relevance { list.query.sort = nil }
        list.query.cursor = try fields.cursor()
        list.query.limit = 24
        list.query.wantsCount = true
        return list
    }

    private func product(_ request: inout ShopRequest) async throws -> Response {
        let name = request.context.parameter("handle")
        let product = try await products.product(name)
        if product.handle != name, ProductID(name) == nil {
            let query = request.http.uri.query.map { "?" + $0 } ?? ""
            return .redirect(to: "/products/" + product.handle + query, type: .permanent)
        }
        let fields = try request.query()
        var wanted: [Int: String] = [:]
        for index in product.options.indices { wanted[index] = try fields.string("o\(index)") }
        let variant = try fields.string("variant").flatMap { VariantID($0) }
        let image = try fields.string("image").flatMap { Int($0) }
        let related = await catalogue.newest().filter { $0.category == product.category && $0.id != product.id }
        var categories: [Category] = []
        if let handle = product.category { categories = await catalogue.path(to: handle) ?? [] }
        let view = ProductViews.page(
            product, choice: VariantChoice(product: product, wanted: wanted, variant: variant), image: image,
            related: Array(related.prefix(4)), categories: categories)
        await behaviour.viewed(request, and: .productViewed, ["product_id": product.id.rawValue])
        return await renderer.page(
            "product", product.title, view, &request,
            description: product.seo.description.isEmpty ? nil : product.seo.description,
            canonical: "/products/" + product.handle)
    }
}
