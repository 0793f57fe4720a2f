import Commerce

/// Decides what the shop sells in while nothing is sold in another currency yet.
struct ProposeShopCurrency {
    let store: CatalogueStore

    /// - Returns: What is in force then, which may be another.
    func run(_ currency: Currency) async throws -> Currency {
        try await store.change { change in
            if let known = try ShopCurrency.read(in: change.tx) {
                let hasProducts = try ShopCurrency.hasProducts(in: change.tx)
                if known == currency || hasProducts { return known }
            }
            try ShopCurrency.replace(with: currency, in: change.tx)
            return currency
        }
    }
}
