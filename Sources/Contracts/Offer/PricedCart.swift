/// A cart's prices, with an explanation of every adjustment.
package struct PricedCart: Hashable, Sendable {
    package var lines: [PricedLine]
    package var coupons: [AppliedCoupon]
    package var rejectedCoupons: [RejectedCoupon]
    package var shippingOption: ShippingOption?
    package var totals: Totals
    /// Where tax depends on the region: an address in one of these countries must name one (ISO 3166-1 alpha-2, sorted).
    package var regionCountries: [String]
    /// True while tax cannot be known, because there is no address or it names none of its country's regions where tax
    /// depends on them. `tax_total` is zero then, and nothing may be sold at this total.
    package var isTaxPending: Bool

    package init(
        lines: [PricedLine], coupons: [AppliedCoupon], rejectedCoupons: [RejectedCoupon],
        shippingOption: ShippingOption?, totals: Totals, regionCountries: [String] = [], isTaxPending: Bool = false
    ) {
        self.lines = lines
        self.coupons = coupons
        self.rejectedCoupons = rejectedCoupons
        self.shippingOption = shippingOption
        self.totals = totals
        self.regionCountries = regionCountries
        self.isTaxPending = isTaxPending
    }
}
