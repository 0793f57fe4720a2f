import Commerce

/// What the products of these handles are sold in.
struct ReadCurrencies {
    let store: CatalogueStore

    func run(of handles: [String]) async throws -> [String: Currency] {
        try await store.read { tx in try ProductRecord.currencies(of: handles, in: tx) }
    }
}
