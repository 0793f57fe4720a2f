import ProductContract

/// Collects the addresses that search engines should know.
struct BuildSitemap: Sendable {
    let products: any Products
    let catalogue: CatalogueCache
    /// Without a slash at its end.
    let publicURL: String

    func run() async throws -> String {
        func handles(_ categories: [Category]) -> [String] {
            categories.flatMap { [$0.handle] + handles($0.children) }
        }
        var paths = ["/"] + handles(await catalogue.categories()).map { "/categories/" + $0 }
        var query = ProductQuery()
        query.limit = 100
        query.sort = .newest
        repeat {
            let page = try await products.products(query)
            paths += page.items.map { "/products/" + $0.handle }
            query.cursor = page.nextCursor
        } while query.cursor != nil && paths.count < Sitemap.limit
        return Sitemap.document(paths.prefix(Sitemap.limit).map { publicURL + $0 })
    }
}
