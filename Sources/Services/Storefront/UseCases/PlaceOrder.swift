import AnalyticsContract
import CartContract
import Commerce
import Crypto
import OfferContract
import OrderContract
import ServiceKit

/// Turns a cart into an order. The form's key makes two clicks one order.
struct PlaceOrder: Sendable {
    /// What the payment form says.
    struct Form: Sendable {
        var cart: CartID
        /// Empty when the form has none.
        var shippingOption: String
        var total: ShownTotal
        var paymentToken: String
        /// The idempotency key.
        var key: String
    }
    enum Result: Sendable {
        case placed(Order)
        /// The total is another than the form's.
        case totalChanged
        /// The shipping option is another than the cart's was; nothing is ordered before the new total is confirmed.
        case shippingChanged(total: Money)
        case shippingRefused(ServiceError)
        case noPaymentMethod
        /// The shop does not offer the payment that the form names.
        case unknownPayment
        case refused(ServiceError)
    }

    let carts: any Carts
    let orders: any Orders

    /// - Parameter caller: Who the idempotency key belongs to.
    func run(_ form: Form, by caller: String, in session: inout Session) async throws -> Result {
        if let result = try await confirmTotal(form) { return result }
        let methods = try await orders.paymentMethods()
        guard let method = methods.first(where: { $0.choices.contains { $0.token == form.paymentToken } }) else {
            return methods.isEmpty ? .noPaymentMethod : .unknownPayment
        }
        do {
            let payment = PaymentInstruction(provider: method.provider, token: form.paymentToken)
            let order = try await place(form.cart, payment, key: form.key, caller: caller)
            if session.cartID == form.cart { session.forgetCart() }
            if let guest = order.guestToken { session.remember(guestOrder: order.id, token: guest) }
            return .placed(order)
        } catch let error as ServiceError {
            return .refused(error)
        }
    }

    /// Nobody pays a total they have not seen: another delivery than the cart's is shown first, and so is another
    /// total than the form's. Reading the cart counts as showing it, so order-service cannot tell that any more.
    private func confirmTotal(_ form: Form) async throws -> Result? {
        let cart: Cart
        do {
            cart = try await carts.cart(form.cart)
        } catch let error as ServiceError where error.kind == .notFound {
            return nil
        }
        // An order already, perhaps by the other click: the key decides.
        guard cart.orderID == nil else { return nil }
        guard !form.shippingOption.isEmpty, form.shippingOption != cart.shippingOption?.id else {
            return form.total == ShownTotal(cart.totals.total) ? nil : .totalChanged
        }
        do {
            let changed = try await carts.update(form.cart, CartChange(shippingOptionID: form.shippingOption))
            return .shippingChanged(total: changed.totals.total)
        } catch let error as ServiceError where error.kind == .invalid {
            return .shippingRefused(error)
        }
    }

    /// Waits for the first of two clicks to finish; both then get its result.
    private func place(
        _ cart: CartID, _ payment: PaymentInstruction, key: String, caller: String
    ) async throws -> Order {
        let hash = hexadecimal(SHA256.hash(data: Array("\(cart.rawValue)|\(payment.token)".utf8)))
        var call = CallContext.current
        call.idempotency = IdempotencyKey(caller: caller, key: key, requestHash: hash)
        return try await call.run {
            for _ in 0..<20 {
                do {
                    return try await orders.place(cart, payment: payment).value
                } catch let error as ServiceError where error.has(ErrorCode.idempotencyInFlight) {
                    try await Task.sleep(for: .milliseconds(250))
                }
            }
            return try await orders.place(cart, payment: payment).value
        }
    }
}
