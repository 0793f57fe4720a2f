import AnalyticsContract
import CartContract
import Commerce
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import OfferContract
import OrderContract
import ServiceKit
import Web

extension Storefront {
    /// Turns the cart into an order. The form's key makes two clicks one order; the page after it is a redirect.
    func place(_ visit: inout Visit) async throws -> Response {
        let token = visit.form.text("payment_token", max: 200)
        let key = visit.form.text("key", max: 64)
        guard let id = CartID(visit.form.text("cart_id")), (16...64).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return visit.redirect(to: "/checkout") }
        if let response = try await confirmTotal(of: id, &visit) { return response }
        let methods = try await orders.paymentMethods()
        guard let method = methods.first(where: { $0.choices.contains { $0.token == token } }) else {
            return methods.isEmpty
                ? try await again(id, &visit, nil, status: .conflict)
                : try await again(id, &visit, "Please choose how to pay.", status: .unprocessableContent)
        }
        do {
            let payment = PaymentInstruction(provider: method.provider, token: token)
            let order = try await placed(id, payment, key: key, visit).value
            if visit.session.cartID == id { visit.session.forgetCart() }
            if let guest = order.guestToken { visit.session.remember(guestOrder: order.id, token: guest) }
            return visit.redirect(to: "/orders/\(order.id.rawValue)/thank-you")
        } catch let error as ServiceError {
            return try await answer(error, id, token: token, key: key, &visit)
        }
    }

    /// Waits for the first of two clicks to finish; its answer then is the answer to both.
    private func placed(
        _ id: CartID, _ payment: PaymentInstruction, key: String, _ visit: Visit
    ) async throws -> Outcome<Order> {
        let hash = hexadecimal(SHA256.hash(data: Data("\(id.rawValue)|\(payment.token)".utf8)))
        var call = CallContext.current
        call.idempotency = IdempotencyKey(caller: visit.caller, key: key, requestHash: hash)
        return try await call.run {
            for _ in 0..<20 {
                do {
                    return try await orders.place(id, payment: payment)
                } catch let error as ServiceError where error.code == "idempotency_in_flight" {
                    try await Task.sleep(for: .milliseconds(250))
                }
            }
            return try await orders.place(id, payment: payment)
        }
    }

    /// Nobody pays a total they have not seen: another delivery than the cart's is shown first, and so is another
    /// total than the form's. Reading the cart counts as showing it, so order-service cannot tell that any more.
    private func confirmTotal(of id: CartID, _ visit: inout Visit) async throws -> Response? {
        let wanted = visit.form.text("shipping_option_id")
        let cart: Cart
        do {
            cart = try await carts.cart(id)
        } catch let error as ServiceError where error.kind == .notFound {
            return nil
        }
        // An order already, perhaps by the other click: the key decides.
        guard cart.orderID == nil else { return nil }
        guard !wanted.isEmpty, wanted != cart.shippingOption?.id else {
            if visit.form.text("total") == CheckoutViews.exact(cart.totals.total) { return nil }
            visit.session.say(Self.priceChanged, bad: true)
            return visit.redirect(to: "/checkout")
        }
        do {
            let changed = try await carts.update(id, CartChange(shippingOptionID: wanted))
            visit.session.say("Your total is now \(Prices.text(changed.totals.total)). Please confirm it once more.")
        } catch let error as ServiceError where error.kind == .invalid {
            visit.session.say(Self.words(error), bad: true)
        }
        return visit.redirect(to: "/checkout#delivery")
    }

    /// The payment page once more.
    ///
    /// - Parameter text: What went wrong, unless the page says so anyway.
    private func again(
        _ id: CartID, _ visit: inout Visit, _ text: String?, key: String = Session.randomText(), chosen: String? = nil,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let cart = try await carts.cart(id)
        guard cart.orderID == nil else { return completed(id, &visit) }
        return try await paymentPage(cart, &visit, error: text, key: key, chosen: chosen, status: status)
    }

    private func answer(
        _ error: ServiceError, _ id: CartID, token: String, key: String, _ visit: inout Visit
    ) async throws -> Response {
        func back(_ path: String, _ text: String) -> Response {
            visit.session.say(text, bad: true)
            return visit.redirect(to: path)
        }
        switch (error.kind, error.code) {
        case (.paymentRequired, _):
            return try await again(id, &visit, Self.paymentWords(error), status: status(of: .paymentRequired))
        case (_, "out_of_stock"):
            return back(
                "/cart", "Some items are no longer available in the quantity you chose. Nothing was charged.")
        case (_, "price_changed"):
            return back("/checkout", Self.priceChanged)
        case (_, "coupon_exhausted"):
            return back("/cart", "This coupon has been used up. Nothing was charged.")
        case (_, "cart_completed"):
            return completed(id, &visit)
        case (_, "no_payment_method"):
            return try await again(id, &visit, nil, status: .conflict)
        case (_, "cart_empty"), (.notFound, _):
            return visit.redirect(to: "/cart")
        case (_, "email_required"), (_, "shipping_address_required"):
            return back("/checkout?edit=1", "We still need your email and address.")
        case (.invalid, _) where error.fields.contains { $0.field.hasPrefix("shipping_address.") }:
            return back("/checkout?edit=1", "Please complete your address: tax depends on it. Nothing was charged.")
        case (_, "shipping_option_required"), (_, "idempotency_key_reused"):
            return back("/checkout", "Please check delivery and payment, and confirm once more.")
        case (.unavailable, _), (_, "idempotency_in_flight"), (_, "checkout_in_progress"):
            // The same key: whatever happened to this attempt, the next try finds out and charges at most once.
            let text = "The answer takes longer than usual. Please try again: you will be charged only once."
            return try await again(id, &visit, text, key: key, chosen: token, status: .serviceUnavailable)
        case (.tooManyRequests, _):
            let problem = Problem(error)
            let text =
                "Too many payments were refused, and nothing was charged. Please wait \(ErrorViews.wait(problem)), "
                + "then try again."
            var response = try await again(id, &visit, text, chosen: token, status: problem.status)
            response.headers[.retryAfter] = problem.headers[.retryAfter]
            return response
        default: throw error
        }
    }

    private func completed(_ id: CartID, _ visit: inout Visit) -> Response {
        if visit.session.cartID == id { visit.session.forgetCart() }
        visit.session.say("This cart has become an order already: we have sent you a mail about it.", bad: true)
        return visit.redirect(to: "/cart")
    }

    private static let priceChanged =
        "A price has changed since you last looked. Please check the total and confirm it."

    private static func paymentWords(_ refusal: ServiceError) -> String {
        switch refusal.fields.first?.code {
        case "insufficient_funds": "There is not enough money on this card. Nothing was charged; please choose another."
        case "requires_action":
            "Your bank wants to confirm this payment, which we cannot do here yet. Please choose another."
        default: "The bank declined this payment. Nothing was charged; please choose another."
        }
    }
}
