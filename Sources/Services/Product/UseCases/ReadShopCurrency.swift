import Commerce

/// What the shop sells in; nil until it is known.
struct ReadShopCurrency {
    let store: CatalogueStore

    func run() async throws -> Currency? {
        try await store.read { tx in try ShopCurrency.read(in: tx) }
    }
}
