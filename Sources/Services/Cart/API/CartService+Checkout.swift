package import CartContract
package import Commerce
import ServiceKit

extension CartService {
    package func lock(_ id: CartID, for order: OrderID) async throws -> LockedCart {
        try await boundary.call { try await LockCart(context: context).run(id, for: order) }
    }

    package func unlock(_ id: CartID, from order: OrderID) async throws {
        try await boundary.call { try await UnlockCart(context: context).run(id, from: order) }
    }

    package func complete(_ id: CartID, as order: OrderID) async throws {
        try await boundary.call { try await CompleteCart(context: context).run(id, as: order) }
    }
}
