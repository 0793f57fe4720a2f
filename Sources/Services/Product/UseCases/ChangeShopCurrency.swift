import Commerce

/// The shop sells in another currency from now on. Prices stay what they are.
struct ChangeShopCurrency {
    let store: CatalogueStore

    func run(to currency: Currency) async throws {
        try await store.change { change in try ShopCurrency.replace(with: currency, in: change.tx) }
    }
}
