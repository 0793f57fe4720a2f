import CartContract
import Commerce
import HTTPTypes
import Hummingbird
import OrderContract
import ProductContract
import ServiceKit
import Web

extension CheckoutRoutes {
    /// Places the order; the page after it is a redirect.
    func placeOrder(_ request: inout ShopRequest) async throws -> Response {
        guard let form = PlaceOrder.Form(request.form) else { return request.redirect(to: "/checkout") }
        let result = try await PlaceOrder(carts: carts, orders: orders)
            .run(form, by: request.caller, in: &request.session)
        switch result {
        case .placed(let order):
            return request.redirect(to: "/orders/\(order.id.rawValue)/thank-you")
        case .totalChanged:
            return redirect(to: "/checkout", Messages.priceChanged, &request)
        case .shippingChanged(let total):
            request.session.setFlash("Your total is now \(Prices.text(total)). Please confirm it once more.")
            return request.redirect(to: "/checkout#delivery")
        case .shippingRefused(let error):
            return redirect(to: "/checkout#delivery", Messages.error(error), &request)
        case .noPaymentMethod:
            return try await retryPage(form, &request, nil, status: .conflict)
        case .unknownPayment:
            return try await retryPage(form, &request, "Please choose how to pay.", status: .unprocessableContent)
        case .refused(let error):
            return try await response(to: error, form, &request)
        }
    }

    private func response(
        to error: ServiceError, _ form: PlaceOrder.Form, _ request: inout ShopRequest
    ) async throws -> Response {
        switch (error.kind, error.code) {
        case (.paymentRequired, _):
            let text = Messages.refusedPayment(error)
            return try await retryPage(form, &request, text, status: status(of: .paymentRequired))
        case (_, ProductErrorCode.outOfStock.rawValue):
            let text = "Some items are no longer available in the quantity you chose. Nothing was charged."
            return redirect(to: "/cart", text, &request)
        case (_, OrderErrorCode.priceChanged.rawValue):
            return redirect(to: "/checkout", Messages.priceChanged, &request)
        case (_, OrderErrorCode.couponExhausted.rawValue):
            return redirect(to: "/cart", "This coupon has been used up. Nothing was charged.", &request)
        case (_, CartErrorCode.cartCompleted.rawValue):
            return alreadyOrdered(form.cart, &request)
        case (_, OrderErrorCode.noPaymentMethod.rawValue):
            return try await retryPage(form, &request, nil, status: .conflict)
        case (_, OrderErrorCode.cartEmpty.rawValue), (.notFound, _):
            return request.redirect(to: "/cart")
        case (_, OrderErrorCode.emailRequired.rawValue), (_, OrderErrorCode.shippingAddressRequired.rawValue):
            return redirect(to: "/checkout?edit=1", "Please enter your email and address.", &request)
        case (.invalid, _) where error.fields.contains { $0.field.hasPrefix("shipping_address.") }:
            let text = "Please complete your address: tax depends on it. Nothing was charged."
            return redirect(to: "/checkout?edit=1", text, &request)
        case (_, OrderErrorCode.shippingOptionRequired.rawValue), (_, ErrorCode.idempotencyKeyReused.rawValue):
            return redirect(to: "/checkout", "Please check delivery and payment, and confirm once more.", &request)
        case (.unavailable, _), (_, ErrorCode.idempotencyInFlight.rawValue),
            (_, CartErrorCode.checkoutInProgress.rawValue):
            // The same key: whatever happened to this attempt, the next one finds out and charges at most once.
            let text = "The order takes longer than usual. Please try again: you will be charged only once."
            return try await retryPage(
                form, &request, text, key: form.key, chosen: form.paymentToken, status: .serviceUnavailable)
        case (.tooManyRequests, _):
            let problem = Problem(error)
            let text =
                "Too many payments were refused, and nothing was charged. Please wait \(ErrorViews.wait(problem)), "
                + "then try again."
            var response = try await retryPage(
                form, &request, text, chosen: form.paymentToken, status: problem.status)
            response.headers[.retryAfter] = problem.headers[.retryAfter]
            return response
        default: throw error
        }
    }

    /// The payment page once more.
    ///
    /// - Parameter text: What went wrong, unless the page says so anyway.
    private func retryPage(
        _ form: PlaceOrder.Form, _ request: inout ShopRequest, _ text: String?, key: String = Session.randomText(),
        chosen: String? = nil, status: HTTPResponse.Status
    ) async throws -> Response {
        let cart = try await carts.cart(form.cart)
        guard cart.orderID == nil else { return alreadyOrdered(cart.id, &request) }
        return try await paymentPage(cart, &request, error: text, key: key, chosen: chosen, status: status)
    }

    private func alreadyOrdered(_ cart: CartID, _ request: inout ShopRequest) -> Response {
        if request.session.cartID == cart { request.session.forgetCart() }
        return redirect(
            to: "/cart", "This cart has already been ordered. We have sent you an email about it.", &request)
    }

    private func redirect(to path: String, _ text: String, _ request: inout ShopRequest) -> Response {
        request.session.setFlash(text, bad: true)
        return request.redirect(to: path)
    }
}

extension PlaceOrder.Form {
    /// nil when it names no cart or has no usable key.
    fileprivate init?(_ form: FormFields) {
        let key = form.text("key", max: 64)
        guard let cart = CartID(form.text("cart_id")), (16...64).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.init(
            cart: cart, shippingOption: form.text("shipping_option_id"), total: ShownTotal(text: form.text("total")),
            paymentToken: form.text("payment_token", max: 200), key: key)
    }
}
