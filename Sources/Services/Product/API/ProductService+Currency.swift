package import Commerce
import ProductContract
import ServiceKit

extension ProductService {
    package func shopCurrency() async throws -> Currency? {
        try await boundary.call { try await ReadShopCurrency(store: store).run() }
    }

    /// Operator: decides what the shop sells in while nothing is sold in another currency yet. Returns what is in force
    /// then, which may be another.
    @discardableResult
    package func proposeShopCurrency(_ currency: Currency) async throws -> Currency {
        try await boundary.call { try await ProposeShopCurrency(store: store).run(currency) }
    }

    /// Operator: the shop sells in this currency from now on. Prices stay what they are.
    package func changeShopCurrency(to currency: Currency) async throws {
        try await boundary.call { try await ChangeShopCurrency(store: store).run(to: currency) }
    }
}
