package import Commerce
package import ProductContract

/// What is to be priced, for whom and when.
package struct PricingRequest: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package var id: LineID
        package var detail: VariantDetail
        package var quantity: Int
        package init(id: LineID, detail: VariantDetail, quantity: Int) {
            self.id = id
            self.detail = detail
            self.quantity = quantity
        }
    }
    package var currency: Currency
    package var lines: [Line]
    /// As the customer typed them; compared without case.
    package var coupons: [String]
    package var customer: CustomerID?
    package var shippingAddress: Address?
    package var shippingOption: String?
    package var at: Instant

    package init(
        currency: Currency, lines: [Line], coupons: [String], customer: CustomerID? = nil,
        shippingAddress: Address? = nil, shippingOption: String? = nil, at: Instant
    ) {
        self.currency = currency
        self.lines = lines
        self.coupons = coupons
        self.customer = customer
        self.shippingAddress = shippingAddress
        self.shippingOption = shippingOption
        self.at = at
    }
}
