import CartContract
import Commerce
import ProductContract
import ServiceKit

/// Prices a cart for the caller. The total that the customer sees is stored: checkout asks for consent when it has
/// changed since.
struct ShowCart: Sendable {
    let context: CartContext

    func run(_ id: CartID) async throws -> Cart {
        let document = try await context.readable(id)
        var known: [VariantID: VariantDetail] = [:]
        let cart = try await context.priceCart.run(document, at: context.clock.now(), known: &known)
        if document.isShownToCustomer(CallContext.current.principal), document.recording(shown: cart) != document {
            try await context.carts.record(shown: cart, of: document)
        }
        return cart
    }
}
