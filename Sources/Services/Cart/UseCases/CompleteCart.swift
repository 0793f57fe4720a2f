import Commerce
import ServiceKit

/// Records the order that a cart has become; the cart can no longer be changed.
struct CompleteCart: Sendable {
    let context: CartContext

    func run(_ id: CartID, as order: OrderID) async throws {
        let principal = CallContext.current.principal
        let now = context.clock.now()
        try await context.carts.updateIfPresent(id) { document in
            try document.requireWriter(principal)
            try document.complete(as: order, at: now)
        }
    }
}
