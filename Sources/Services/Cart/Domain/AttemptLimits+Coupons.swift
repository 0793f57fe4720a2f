package import ServiceKit

extension AttemptLimits {
    /// How many coupon codes may be wrong before further ones are refused. The allowance is full again after the
    /// window.
    package static let coupons = AttemptLimits(perCart: 10)
}
