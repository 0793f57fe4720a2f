import ProductContract

/// Finds one page of products, with the facets to filter them further.
struct FindProducts: Sendable {
    let products: any Products

    /// - Parameter isSearch: Whether the category is a filter, rather than the list itself.
    ///
    /// The facets of a filter that takes one value count what each other value would find, not only the chosen one.
    func run(_ query: ProductQuery, isSearch: Bool) async throws -> ProductPage {
        async let found = products.products(query)
        async let texts = textFacets(query)
        async let categories = query.category == nil || !isSearch ? nil : facets(query) { $0.category = nil }
        var page = try await found
        page.facets?.texts.merge(try await texts) { $1 }
        if let others = try await categories { page.facets?.categories = others.categories }
        return page
    }

    private func textFacets(_ query: ProductQuery) async throws -> [ProductText: [ProductPage.Facets.Value]] {
        try await withThrowingTaskGroup { group in
            for field in ProductText.filters where query.texts[field] != nil {
                group.addTask { (field, try await facets(query) { $0.texts[field] = nil }?.texts[field] ?? []) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func facets(
        _ query: ProductQuery, without remove: @Sendable (inout ProductQuery) -> Void
    ) async throws -> ProductPage.Facets? {
        var query = query
        remove(&query)
        (query.limit, query.cursor, query.wantsCount) = (1, nil, false)
        return try await products.products(query).facets
    }
}
