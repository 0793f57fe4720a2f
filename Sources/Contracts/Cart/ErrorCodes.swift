package import ServiceKit

/// Errors of carts. What is wrong with a variant is a `ProductErrorCode`, with a coupon an `OfferErrorCode`.
package enum CartErrorCode: String, ServiceErrorCodeList {
    case cartNotFound = "cart_not_found"
    case lineNotFound = "line_not_found"
    /// The cart has no such coupon.
    case couponNotFound = "coupon_not_found"
    case cartCompleted = "cart_completed"
    case checkoutInProgress = "checkout_in_progress"
    case tooManyLines = "too_many_lines"
    case tooManyCoupons = "too_many_coupons"
    case shippingOptionUnavailable = "shipping_option_unavailable"

    package var kind: ServiceError.Kind {
        switch self {
        case .cartNotFound, .lineNotFound, .couponNotFound: .notFound
        case .cartCompleted, .checkoutInProgress: .conflict
        case .tooManyLines, .tooManyCoupons, .shippingOptionUnavailable: .invalid
        }
    }
}

extension ServiceError {
    package static let cartNotFound = ServiceError(CartErrorCode.cartNotFound, "There is no such cart.")
    package static let lineNotFound = ServiceError(CartErrorCode.lineNotFound, "There is no such line.")
    package static let couponNotFound = ServiceError(CartErrorCode.couponNotFound, "There is no such coupon.")
    package static let cartCompleted = ServiceError(CartErrorCode.cartCompleted, "This cart has become an order.")
}
