import ProductContract

/// Finds one page of products, with the facets to filter them further.
struct FindProducts: Sendable {
    let products: any Products

    /// - Parameter isSearch: Whether the category is a filter, rather than the list itself.
    ///
    /// The facets of a filter that takes one value count what each other value would find, not only the chosen one.
    func page(_ query: ProductQuery, isSearch: Bool) async throws -> ProductPage {
        async let found = products.products(query)
        async let vendors = query.vendor == nil ? nil : facets(query) { $0.vendor = nil }
        async let categories = query.category == nil || !isSearch ? nil : facets(query) { $0.category = nil }
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
}
