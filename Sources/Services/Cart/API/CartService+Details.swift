package import CartContract
package import Commerce
package import ServiceKit

extension CartService {
    package func applyCoupon(_ code: String, to id: CartID) async throws -> Outcome<Cart> {
        try await boundary.call { try await ApplyCoupon(context: context).run(code, to: id) }
    }

    package func removeCoupon(_ code: String, from id: CartID) async throws -> Cart {
        try await boundary.call { try await RemoveCoupon(context: context).run(code, from: id) }
    }

    package func update(_ id: CartID, _ change: CartChange) async throws -> Cart {
        try await boundary.call { try await ChangeDetails(context: context).run(change.validated(), of: id) }
    }
}
