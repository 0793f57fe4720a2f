import ServiceKit

/// Errors of carts. What is wrong with a variant is a `ProductErrorCode`, with a coupon an `OfferErrorCode`.
package enum CartErrorCode: String, ErrorCodeList {
    case cartNotFound = "cart_not_found"
    case lineNotFound = "line_not_found"
    /// The cart has no such coupon.
    case couponNotFound = "coupon_not_found"
    case cartCompleted = "cart_completed"
    case checkoutInProgress = "checkout_in_progress"
    case tooManyLines = "too_many_lines"
    case tooManyCoupons = "too_many_coupons"
    case shippingOptionUnavailable = "shipping_option_unavailable"
}
