package import Commerce

/// One change of a price and why. `amount` is negative for a discount.
package struct Adjustment: Hashable, Sendable, Codable {
    /// The rule's id: `summer-sale`, `coupon:WELCOME10`.
    package var source: String
    /// Words for the customer.
    package var label: String
    package var amount: Money

    package init(source: String, label: String, amount: Money) {
        self.source = source
        self.label = label
        self.amount = amount
    }
}
