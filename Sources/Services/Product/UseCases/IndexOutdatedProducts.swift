/// Writes some of the search entries anew that an earlier version left.
struct IndexOutdatedProducts {
    let store: CatalogueStore

    /// - Returns: How many; 0 when none is left.
    func run() async throws -> Int { try await store.change { try $0.indexOutdated() } }
}
