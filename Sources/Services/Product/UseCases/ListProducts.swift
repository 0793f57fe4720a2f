import ProductContract

/// A page of products that meet a query.
struct ListProducts {
    let store: CatalogueStore

    func run(_ query: ProductQuery) async throws -> ProductPage {
        let selection = try ProductSelection(query, search: store.search)
        return try await store.read { tx in
            try selection.read(wantsCount: query.wantsCount, wantsFacets: query.isFiltered, in: tx)
        }
    }
}
