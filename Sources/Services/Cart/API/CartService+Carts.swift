package import CartContract
package import Commerce
package import OfferContract
package import ServiceKit

extension CartService {
    package func create(currency: String?) async throws -> Outcome<Cart> {
        try await boundary.call { try await CreateCart(context: context).run(currency: currency) }
    }

    package func cart(_ id: CartID) async throws -> Cart {
        try await boundary.call { try await ShowCart(context: context).run(id) }
    }

    package func shippingOptions(for id: CartID) async throws -> [ShippingOption] {
        try await boundary.call { try await ListShippingOptions(context: context).run(for: id) }
    }
}
