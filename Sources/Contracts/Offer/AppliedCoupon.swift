/// A coupon that counts, with the limits the order service must hold it to.
package struct AppliedCoupon: Hashable, Sendable, Codable {
    package var code: String
    package var label: String
    /// How often it may be used in all; nil without limit.
    package var usageLimit: Int?
    package var usageLimitPerCustomer: Int?

    package init(code: String, label: String, usageLimit: Int?, usageLimitPerCustomer: Int?) {
        self.code = code
        self.label = label
        self.usageLimit = usageLimit
        self.usageLimitPerCustomer = usageLimitPerCustomer
    }

    enum CodingKeys: String, CodingKey {
        case code, label
        case usageLimit = "usage_limit"
        case usageLimitPerCustomer = "usage_limit_per_customer"
    }
}
