import Commerce
import ServiceKit

/// Unlocks a cart after a failed checkout, unless another order holds the lock.
struct UnlockCart: Sendable {
    let context: CartContext

    func run(_ id: CartID, from order: OrderID) async throws {
        let principal = CallContext.current.principal
        try await context.carts.updateIfPresent(id) { document in
            try document.requireWriter(principal)
            document.unlock(from: order)
        }
    }
}
