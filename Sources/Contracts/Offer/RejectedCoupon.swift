/// A coupon that does not count, and why.
package struct RejectedCoupon: Hashable, Sendable, Codable {
    package var code: String
    /// `coupon_unknown`, `coupon_not_started`, `coupon_expired`, `coupon_not_applicable`.
    package var reason: String
    package var message: String

    package init(code: String, reason: String, message: String) {
        self.code = code
        self.reason = reason
        self.message = message
    }
}
