/// How coupon codes compare: without case and surrounding white space.
enum CouponCode {
    static func normalised(_ text: String) -> String {
        let head = text.drop(while: \.isWhitespace)
        let tail = head.reversed().drop(while: \.isWhitespace)
        return String(tail.reversed()).uppercased()
    }
}
