import CartContract
import Commerce
import ServiceKit

/// Finds the cart of a session.
struct FindCart: Sendable {
    let carts: any Carts

    /// The visitor's cart; nil when there is none, or it has gone or become an order: the session forgets it then.
    func run(of session: inout Session) async throws -> Cart? {
        guard let id = session.cartID else { return nil }
        do {
            let cart = try await carts.cart(id)
            if cart.orderID == nil {
                session.remember(cart)
                return cart
            }
        } catch let error as ServiceError where error.has(CartErrorCode.cartNotFound) {}
        session.forgetCart()
        return nil
    }
}
