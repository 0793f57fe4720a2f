import Commerce
import OrderContract
import ServiceKit

extension ServiceError {
    static let cartEmpty = missing("lines", code: "cart_empty", "The cart has no lines.")
    static let emailRequired = missing("email", code: "email_required", "Enter an email address for the confirmation.")
    static let shippingAddressRequired = missing(
        "shipping_address", code: "shipping_address_required", "Enter a shipping address.")
    static let shippingOptionRequired = missing(
        "shipping_option_id", code: "shipping_option_required", "Choose one of the shipping options.")
    static let noPaymentMethod = ServiceError(
        .conflict, code: "no_payment_method", "This shop takes no payments yet, so nothing can be ordered.")
    static let unknownProvider = ServiceError.invalid(
        "payment.provider", code: "unknown_provider", "is not a provider of this shop")
    static let priceChanged = ServiceError(
        .conflict, code: "price_changed", "Prices have changed since the cart was shown. Review the cart.")
    static let orderNotCancellable = ServiceError(
        .conflict, code: "order_not_cancellable", "This order can no longer be cancelled.")
    static let orderNotFulfillable = ServiceError(
        .conflict, code: "order_not_fulfillable", "Only a confirmed and paid order can be fulfilled.")
    static let orderNotRefundable = ServiceError(
        .conflict, code: "order_not_refundable", "This order has no captured payment to refund.")
    static let refundTooLarge = ServiceError(
        .invalid, code: "refund_too_large", "The amount is more than what remains to be refunded.",
        fields: [Field(field: "amount", code: "refund_too_large", detail: "is more than what remains")])
    static let refundRefused = ServiceError(
        .conflict, code: "refund_refused", "The payment provider refused the refund.")
    static let cartCompleted = ServiceError(.conflict, code: "cart_completed", "This cart has become an order.")
    static let invalidCursor = ServiceError.invalid("cursor", code: "invalid_cursor", "is not valid")
    static let amountTooLarge = ServiceError(
        .invalid, code: "amount_too_large", "The total of this order is too large to be charged.")

    static func tooManyRefusedPayments(retryAfter: Duration) -> ServiceError {
        var error = ServiceError.rateLimited(retryAfter: retryAfter)
        error.message = "Too many payments were refused; wait before the next one."
        return error
    }

    private static func missing(_ field: String, code: String, _ message: String) -> ServiceError {
        ServiceError(
            .invalid, code: code, message, fields: [Field(field: field, code: "required", detail: "must be given")])
    }

    /// The address was entered before the tax rules required its region.
    static func regionRequired(_ address: Address) -> ServiceError {
        let problem = address.regionProblem ?? ("region", "required", "must name the state or region")
        return .invalid("shipping_address.\(problem.field)", code: problem.code, problem.detail)
    }

    static func couponExhausted(_ code: String) -> ServiceError {
        ServiceError(
            .conflict, code: "coupon_exhausted", "A coupon has been used up.",
            fields: [Field(field: "coupons", code: "coupon_exhausted", detail: code)])
    }

    /// - Parameter lines: Positions in the cart, from 0.
    static func notSold(lines: [Int]) -> ServiceError {
        ServiceError(
            .conflict, code: "out_of_stock", "An item in the cart is no longer sold.",
            fields: lines.map {
                Field(field: "lines[\($0)].quantity", code: "out_of_stock", detail: "is no longer sold")
            })
    }

    /// The response to a refused payment: 402, with the reason on the token's field.
    init(_ refusal: PaymentRefusal) {
        let (code, message, detail) =
            switch refusal {
            case .declined: ("payment_declined", "The payment was declined.", "was declined")
            case .insufficientFunds: ("payment_declined", "The payment was declined.", "has not enough funds")
            case .requiresAction:
                (
                    "payment_requires_action", "The payment needs a step with the customer's bank.",
                    "needs a step with the customer's bank"
                )
            }
        self.init(
            .paymentRequired, code: code, message,
            fields: [Field(field: "payment.token", code: refusal.rawValue, detail: detail)])
    }
}
