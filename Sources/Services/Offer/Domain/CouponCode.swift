import Commerce

/// How coupon codes compare: without case and surrounding white space.
enum CouponCode {
    static func normalised(_ text: String) -> String { text.trimmed.uppercased() }
}
