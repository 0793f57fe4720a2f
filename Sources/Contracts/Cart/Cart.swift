package import Commerce
package import OfferContract

/// A cart with its prices at this moment.
package struct Cart: Hashable, Sendable {
    package var id: CartID
    package var currency: Currency
    package var email: String?
    package var lines: [CartLine]
    package var coupons: [AppliedCoupon]
    package var shippingAddress: Address?
    package var billingAddress: Address?
    package var shippingOption: ShippingOption?
    package var totals: Totals
    /// Countries whose shipping addresses must name a region, because tax depends on it.
    package var regionCountries: [String]
    /// True while tax is not known, and zero in the totals: see `PricedCart`.
    package var isTaxPending: Bool
    package var createdAt: Instant
    package var updatedAt: Instant
    /// What the cart has become; nil while it can be changed and ordered.
    package var orderID: OrderID?

    package init(
        id: CartID, currency: Currency, email: String?, lines: [CartLine], coupons: [AppliedCoupon],
        shippingAddress: Address?, billingAddress: Address?, shippingOption: ShippingOption?, totals: Totals,
        regionCountries: [String] = [], isTaxPending: Bool = false, createdAt: Instant, updatedAt: Instant,
        orderID: OrderID?
    ) {
        self.id = id
        self.currency = currency
        self.email = email
        self.lines = lines
        self.coupons = coupons
        self.shippingAddress = shippingAddress
        self.billingAddress = billingAddress
        self.shippingOption = shippingOption
        self.totals = totals
        self.regionCountries = regionCountries
        self.isTaxPending = isTaxPending
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.orderID = orderID
    }
}
