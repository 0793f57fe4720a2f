import CartContract
import Commerce
import ServiceKit

/// Locks a cart for the checkout of one order.
struct LockCart: Sendable {
    let context: CartContext

    func run(_ id: CartID, for order: OrderID) async throws -> LockedCart {
        let principal = CallContext.current.principal
        let now = context.clock.now()
        return try await context.carts.update(id) { document in
            try document.requireWriter(principal)
            try document.lock(for: order, at: now)
            document.bind(to: principal)
            return document.content
        }
    }
}
