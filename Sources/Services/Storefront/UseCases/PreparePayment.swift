import CartContract
import OfferContract
import OrderContract

/// Collects what the payment step of the checkout offers.
struct PreparePayment: Sendable {
    struct Choices: Sendable {
        /// With one of the shipping options chosen, if there is any.
        var cart: Cart
        var shippingOptions: [ShippingOption]
        var methods: [PaymentMethod]
    }

    let carts: any Carts
    let orders: any Orders

    /// Chooses the first shipping option for a cart that has none, or one that is not offered any more.
    func run(for cart: Cart) async throws -> Choices {
        let options = try await carts.shippingOptions(for: cart.id)
        var cart = cart
        if !options.contains(where: { $0.id == cart.shippingOption?.id }), let first = options.first {
            cart = try await carts.update(cart.id, CartChange(shippingOptionID: first.id))
        }
        return Choices(cart: cart, shippingOptions: options, methods: try await orders.paymentMethods())
    }
}
