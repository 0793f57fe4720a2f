package import Commerce

/// A way to send an order, and its price.
package struct ShippingOption: Hashable, Sendable, Codable {
    package var id: String
    package var name: String
    package var price: Money
    /// Words for the customer: `3–5 working days`.
    package var estimate: String

    package init(id: String, name: String, price: Money, estimate: String) {
        self.id = id
        self.name = name
        self.price = price
        self.estimate = estimate
    }
}
