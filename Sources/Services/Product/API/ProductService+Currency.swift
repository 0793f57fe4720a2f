package import Commerce
import ProductContract
import SQL
import ServiceKit

extension ProductService {
    package func shopCurrency() async throws -> Currency? {
        try await read { tx in try ShopCurrency.read(in: tx) }
    }

    /// Operator: decides what the shop sells in while nothing is sold in another currency yet. Returns what is in force
    /// then, which may be another.
    @discardableResult
    package func proposeShopCurrency(_ currency: Currency) async throws -> Currency {
        try await change { change in
            if let known = try ShopCurrency.read(in: change.tx) {
                let hasProducts = try change.tx.first("SELECT id FROM products LIMIT 1") != nil
                if known == currency || hasProducts { return known }
            }
            try ShopCurrency.replace(with: currency, in: change.tx)
            return currency
        }
    }

    /// Operator: the shop sells in this currency from now on. Prices stay what they are.
    package func changeShopCurrency(to currency: Currency) async throws {
        try await change { change in try ShopCurrency.replace(with: currency, in: change.tx) }
    }
}
