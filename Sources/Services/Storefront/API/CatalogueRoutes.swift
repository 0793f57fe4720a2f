import AnalyticsContract
import Commerce
import Hummingbird
import ProductContract
import ServiceKit
import Web

extension Storefront {
    func addCatalogueRoutes(to routes: inout PageRoutes) {
        let shop = self
        routes.get("/") { visit in await shop.home(&visit) }
        routes.get("/categories/{handle}") { visit in try await shop.category(&visit) }
        routes.get("/search") { visit in try await shop.search(&visit) }
        routes.get("/products/{handle}") { visit in try await shop.product(&visit) }
        routes.post("/products/{handle}/choose") { visit in
            let picked = (0..<3).filter { visit.form.optional("o\($0)") != nil }
            let query = picked.map { "o\($0)=" + ListRequest.encoded(visit.form.text("o\($0)")) }.joined(separator: "&")
            let handle = ListRequest.encoded(visit.context.parameter("handle"))
            return visit.redirect(to: "/products/\(handle)" + (query.isEmpty ? "" : "?" + query))
        }
    }

    private func home(_ visit: inout Visit) async -> Response {
        let newest = await window.newest()
        let categories = await window.categories()
        let sale = newest.filter(CatalogueViews.isOnSale).prefix(4)
        let tiles: [View] = categories.prefix(6).map { category in
            let handles = Set([category.handle] + category.children.map(\.handle))
            let picture = newest.first { $0.category.map(handles.contains) == true && !$0.images.isEmpty }
            return [
                "tile_url": .text("/categories/" + category.handle), "tile_title": .text(category.title),
                "tile_image": View(picture?.images.first?.url),
            ]
        }
        let wording = door.frame.profile.wording(categories: categories.map(\.title))
        let view: [String: View] = [
            "hero_kicker": View(wording.kicker), "hero_heading": .text(wording.heading),
            "hero_lead": View(wording.lead),
            "has_categories": .flag(!tiles.isEmpty), "tiles": .list(tiles),
            "has_new": .flag(!newest.isEmpty), "new": .list(newest.prefix(8).map(CatalogueViews.card)),
            "has_sale": .flag(!sale.isEmpty), "sale": .list(sale.map(CatalogueViews.card)),
        ]
        await visits.viewed(visit)
        return await door.frame.page("home", nil, view, &visit, canonical: "/")
    }

    private func category(_ visit: inout Visit) async throws -> Response {
        let handle = visit.context.parameter("handle")
        guard let (category, parent) = await window.category(handle) else { throw ServiceError.notFound("category") }
        var request = try await listRequest(visit, path: "/categories/" + handle, isSearch: false)
        request.query.category = handle
        if request.query.sort == nil { request.query.sort = .newest }
        let page = try await page(request)
        var view = ListViews.list(page, request, titles: [:])
        view["crumbs"] = true
        view["heading"] = .text(category.title)
        view["crumb_parent"] = Self.crumb(parent)
        view["has_children"] = .flag(!category.children.isEmpty)
        view["children"] = .list(
            category.children.map { ["child_url": .text("/categories/" + $0.handle), "child_title": .text($0.title)] })
        await visits.viewed(visit)
        return await door.frame.page("list", category.title, view, &visit, canonical: "/categories/" + handle)
    }

    private func search(_ visit: inout Visit) async throws -> Response {
        let fields = try QueryFields(visit.request)
        guard let text = try fields.string("q", max: 200), text.contains(where: { !$0.isWhitespace }) else {
            return await door.frame.page("list", "Search", ["heading": "Search the shop", "show_list": false], &visit)
        }
        var request = try await listRequest(visit, path: "/search", isSearch: true)
        request.query.text = text
        request.query.category = try fields.string("category")
        let page = try await page(request)
        var view = ListViews.list(page, request, titles: await window.titles())
        view["heading"] = "Results for “\(text)”"
        view["search_text"] = .text(text)
        await visits.viewed(visit, and: .searched, ["query_length": "\(text.count)"])
        return await door.frame.page("list", "Search: \(text)", view, &visit)
    }

    /// Of a filter that takes one value the page tells what each other value would find, not only the chosen one.
    private func page(_ request: ListRequest) async throws -> ProductPage {
        let query = request.query
        async let found = products.products(query)
        async let vendors = query.vendor == nil ? nil : facets(query) { $0.vendor = nil }
        async let categories = query.category == nil || !request.isSearch ? nil : facets(query) { $0.category = nil }
        var page = try await found
        if let others = try await vendors { page.facets?.vendors = others.vendors }
        if let others = try await categories { page.facets?.categories = others.categories }
        return page
    }

    private func facets(
        _ query: ProductQuery, without remove: @Sendable (inout ProductQuery) -> Void
    ) async throws -> ProductPage.Facets? {
        var query = query
        remove(&query)
        (query.limit, query.cursor, query.wantsCount) = (1, nil, false)
        return try await products.products(query).facets
    }

    private func listRequest(_ visit: Visit, path: String, isSearch: Bool) async throws -> ListRequest {
        let fields = try QueryFields(visit.request)
        let currency = await window.currency() ?? .usd
        var request = ListRequest(path: path, isSearch: isSearch)
        request.minimumText = try fields.string("min", max: 12)
        request.maximumText = try fields.string("max", max: 12)
        request.query.minimumPrice = request.minimumText.flatMap { Prices.amount(of: $0, in: currency) }
        request.query.maximumPrice = request.maximumText.flatMap { Prices.amount(of: $0, in: currency) }
        request.query.vendor = try fields.string("vendor")
        request.query.tags = try fields.strings("tag", maxCount: 10)
        request.query.availableOnly = try fields.string("available") == "true"
        request.query.sort = try fields.string("sort").flatMap { ProductQuery.Sort(rawValue: $0) }
        if !isSearch, request.query.sort == .relevance { request.query.sort = nil }
        request.query.cursor = try fields.cursor()
        request.query.limit = 24
        request.query.wantsCount = true
        return request
    }

    private func product(_ visit: inout Visit) async throws -> Response {
        let name = visit.context.parameter("handle")
        let product = try await products.product(name)
        if product.handle != name, ProductID(name) == nil {
            let query = visit.request.uri.query.map { "?" + $0 } ?? ""
            return .redirect(to: "/products/" + product.handle + query, type: .permanent)
        }
        let fields = try QueryFields(visit.request)
        var wanted: [Int: String] = [:]
        for index in product.options.indices { wanted[index] = try fields.string("o\(index)") }
        let variant = try fields.string("variant").flatMap { VariantID($0) }
        let choice = VariantChoice(product: product, wanted: wanted, variant: variant)
        let image = try fields.string("image").flatMap { Int($0) }
        var view = CatalogueViews.product(product, choice: choice, image: image)
        let related = await window.newest().filter { $0.category == product.category && $0.id != product.id }.prefix(4)
        view["related"] = .list(related.map(CatalogueViews.card))
        view["has_related"] = .flag(!related.isEmpty)
        if let handle = product.category { view["crumb_parent"] = Self.crumb(await window.category(handle)?.category) }
        await visits.viewed(visit, and: .productViewed, ["product_id": product.id.rawValue])
        return await door.frame.page(
            "product", product.title, view, &visit,
            description: product.seo.description.isEmpty ? nil : product.seo.description,
            canonical: "/products/" + product.handle)
    }

    private static func crumb(_ category: Category?) -> View {
        guard let category else { return .nothing }
        return ["parent_url": .text("/categories/" + category.handle), "parent_title": .text(category.title)]
    }
}
