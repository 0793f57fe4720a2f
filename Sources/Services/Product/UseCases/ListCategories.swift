import ProductContract

/// The categories that have published products.
struct ListCategories {
    let store: CatalogueStore

    func run() async throws -> [ProductContract.Category] {
        try await store.read { tx in try CategoryTable.published(in: tx) }
    }
}
