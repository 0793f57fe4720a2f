import Commerce
import OfferContract
import OrderContract
import ProductContract
import ServiceKit

extension ServiceError {
    static let cartEmpty = missing("lines", code: .cartEmpty, "The cart has no lines.")
    static let emailRequired = missing("email", code: .emailRequired, "Enter an email address for the confirmation.")
    static let shippingAddressRequired = missing(
        "shipping_address", code: .shippingAddressRequired, "Enter a shipping address.")
    static let shippingOptionRequired = missing(
        "shipping_option_id", code: .shippingOptionRequired, "Choose one of the shipping options.")
    static let noPaymentMethod = ServiceError(
        OrderErrorCode.noPaymentMethod, "This shop takes no payments yet, so nothing can be ordered.")
    static let unknownProvider = ServiceError.invalid(
        "payment.provider", code: OrderFieldCode.unknownProvider, "is not a provider of this shop")
    static let priceChanged = ServiceError(
        OrderErrorCode.priceChanged, "Prices have changed since the cart was shown. Review the cart.")
    static let orderNotCancellable = ServiceError(
        OrderErrorCode.orderNotCancellable, "This order can no longer be cancelled.")
    static let orderNotFulfillable = ServiceError(
        OrderErrorCode.orderNotFulfillable, "Only a confirmed and paid order can be fulfilled.")
    static let orderNotRefundable = ServiceError(
        OrderErrorCode.orderNotRefundable, "This order has no captured payment to refund.")
    static let refundTooLarge = ServiceError(
        OrderErrorCode.refundTooLarge, "The amount is more than what remains to be refunded.",
        fields: [Field(field: "amount", code: OrderErrorCode.refundTooLarge, detail: "is more than what remains")])
    static let refundRefused = ServiceError(OrderErrorCode.refundRefused, "The payment provider refused the refund.")
    static let noNotifications = ServiceError(
        ErrorCode.notFound, "There is no payment provider of this name that sends notifications.")
    static let invalidNotification = ServiceError(
        OrderErrorCode.invalidNotification, "The payment provider did not send this notification.")
    static let amountTooLarge = ServiceError(
        OfferErrorCode.amountTooLarge, "The total of this order is too large to be charged.")

    static func tooManyRefusedPayments(retryAfter: Duration) -> ServiceError {
        var error = ServiceError.rateLimited(retryAfter: retryAfter)
        error.message = "Too many payments were refused; wait before the next one."
        return error
    }

    private static func missing(_ field: String, code: OrderErrorCode, _ message: String) -> ServiceError {
        ServiceError(code, message, fields: [Field(field: field, code: FieldCode.required, detail: "must be given")])
    }

    /// The address was entered before the tax rules required its region.
    static func regionRequired(_ address: Address) -> ServiceError {
        let problem = address.regionProblem ?? ("region", .required, "must name the state or region")
        return .invalid("shipping_address.\(problem.field)", code: problem.code, problem.detail)
    }

    static func couponExhausted(_ code: String) -> ServiceError {
        ServiceError(
            OrderErrorCode.couponExhausted, "A coupon has been used up.",
            fields: [Field(field: "coupons", code: OrderErrorCode.couponExhausted, detail: code)])
    }

    /// - Parameter lines: Positions in the cart, from 0.
    static func notSold(lines: [Int]) -> ServiceError {
        ServiceError(
            ProductErrorCode.outOfStock, "An item in the cart is no longer sold.",
            fields: lines.map {
                Field(field: "lines[\($0)].quantity", code: ProductErrorCode.outOfStock, detail: "is no longer sold")
            })
    }

    /// The response to a refused payment: 402, with the reason on the token's field.
    init(_ refusal: PaymentRefusal) {
        let (code, message, fault, detail): (OrderErrorCode, String, OrderFieldCode, String) =
            switch refusal {
            case .declined: (.paymentDeclined, "The payment was declined.", .declined, "was declined")
            case .insufficientFunds:
                (.paymentDeclined, "The payment was declined.", .insufficientFunds, "has not enough funds")
            case .requiresAction:
                (
                    .paymentRequiresAction, "The payment needs a step with the customer's bank.", .requiresAction,
                    "needs a step with the customer's bank"
                )
            }
        self.init(code, message, fields: [Field(field: "payment.token", code: fault, detail: detail)])
    }
}
