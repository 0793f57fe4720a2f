package import Commerce

/// What order-service needs of a locked cart to make an order of it; it computes the prices again.
package struct LockedCart: Hashable, Sendable, Codable {
    package struct Line: Hashable, Sendable, Codable {
        package var id: LineID
        package var variantID: VariantID
        package var quantity: Int
        package init(id: LineID, variantID: VariantID, quantity: Int) {
            self.id = id
            self.variantID = variantID
            self.quantity = quantity
        }
    }
    package var id: CartID
    package var owner: CustomerID?
    package var currency: Currency
    package var email: String?
    package var lines: [Line]
    package var coupons: [String]
    package var shippingAddress: Address?
    package var billingAddress: Address?
    package var shippingOptionID: String?
    /// The total the customer last saw; nil when never shown. Another total at checkout is 409 `price_changed`.
    package var lastShownTotal: Money?

    package init(
        id: CartID, owner: CustomerID?, currency: Currency, email: String?, lines: [Line], coupons: [String],
        shippingAddress: Address?, billingAddress: Address?, shippingOptionID: String?, lastShownTotal: Money?
    ) {
        self.id = id
        self.owner = owner
        self.currency = currency
        self.email = email
        self.lines = lines
        self.coupons = coupons
        self.shippingAddress = shippingAddress
        self.billingAddress = billingAddress
        self.shippingOptionID = shippingOptionID
        self.lastShownTotal = lastShownTotal
    }
}
