import Commerce
package import ServiceKit

/// Errors of orders and their payments. A checkout also responds with codes of products, offers and carts.
package enum OrderErrorCode: String, ServiceErrorCodeList {
    case orderNotFound = "order_not_found"
    case cartEmpty = "cart_empty"
    case emailRequired = "email_required"
    case shippingAddressRequired = "shipping_address_required"
    case shippingOptionRequired = "shipping_option_required"
    case noPaymentMethod = "no_payment_method"
    case paymentDeclined = "payment_declined"
    case paymentRequiresAction = "payment_requires_action"
    case priceChanged = "price_changed"
    case couponExhausted = "coupon_exhausted"
    case orderNotCancellable = "order_not_cancellable"
    case orderNotFulfillable = "order_not_fulfillable"
    case orderNotRefundable = "order_not_refundable"
    case refundTooLarge = "refund_too_large"
    case refundRefused = "refund_refused"
    case invalidNotification = "invalid_notification"

    package var kind: ServiceError.Kind {
        switch self {
        case .invalidNotification: .unreadable
        case .orderNotFound: .notFound
        case .cartEmpty, .emailRequired, .shippingAddressRequired, .shippingOptionRequired, .refundTooLarge: .invalid
        case .paymentDeclined, .paymentRequiresAction: .paymentRequired
        case .noPaymentMethod, .priceChanged, .couponExhausted, .orderNotCancellable, .orderNotFulfillable,
            .orderNotRefundable, .refundRefused:
            .conflict
        }
    }
}

/// Faults of one field.
package enum OrderFieldCode: String, ErrorCodeList {
    case unknownProvider = "unknown_provider"
    /// Of `payment.token`: why the provider refused it.
    case declined
    case insufficientFunds = "insufficient_funds"
    case requiresAction = "requires_action"
}

extension ServiceError {
    package static let orderNotFound = ServiceError(OrderErrorCode.orderNotFound, "There is no such order.")
}
