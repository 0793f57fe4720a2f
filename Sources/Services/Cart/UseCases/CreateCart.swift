import CartContract
import Commerce
import ProductContract
import ServiceKit

/// Creates an empty cart, of the customer who is logged in or of a guest.
struct CreateCart: Sendable {
    let context: CartContext

    /// - Parameter currency: An ISO 4217 code; nil for the shop's currency.
    func run(currency: String?) async throws -> Outcome<Cart> {
        let call = CallContext.current
        let now = context.clock.now()
        let currency = try await context.chooseCurrency.run(currency, at: now)
        let id = CartID(at: now)
        let result = try await context.carts.change(id, once: call.idempotency) { _ in
            var document = CartDocument(id: id, currency: currency, at: now)
            document.owner = call.principal.customerID
            document.lastShownTotal = .zero(currency)
            var known: [VariantID: VariantDetail] = [:]
            return (document, true, try await context.priceCart.run(document, at: now, known: &known))
        }
        if case .changed = result { context.changes.count(.created) }
        let outcome = try await ChangeCart(context: context).outcome(of: result)
        // Guests in the same network may use the same key: personal data of one must not be shown to another.
        if outcome.replayed, call.principal.customerID == nil, !outcome.value.isAnonymous {
            throw ServiceError.idempotencyKeyReused
        }
        return outcome
    }
}

extension Cart {
    /// Whether the cart holds no personal data.
    fileprivate var isAnonymous: Bool {
        email == nil && shippingAddress == nil && billingAddress == nil && orderID == nil
    }
}
