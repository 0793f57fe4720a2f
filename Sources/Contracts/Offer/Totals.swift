package import Commerce

/// `total = subtotal − discount_total + shipping_total + tax_total`; `subtotal` is before discounts.
package struct Totals: Hashable, Sendable, Codable {
    package var subtotal: Money
    package var discountTotal: Money
    package var shippingTotal: Money
    package var taxTotal: Money
    package var total: Money

    package init(subtotal: Money, discountTotal: Money, shippingTotal: Money, taxTotal: Money, total: Money) {
        self.subtotal = subtotal
        self.discountTotal = discountTotal
        self.shippingTotal = shippingTotal
        self.taxTotal = taxTotal
        self.total = total
    }

    enum CodingKeys: String, CodingKey {
        case subtotal, total
        case discountTotal = "discount_total"
        case shippingTotal = "shipping_total"
        case taxTotal = "tax_total"
    }
}
