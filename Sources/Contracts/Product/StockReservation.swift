package import Commerce

/// Stock to set aside for an order.
package struct StockReservation: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package var variant: VariantID
        package var quantity: Int
        package init(variant: VariantID, quantity: Int) {
            self.variant = variant
            self.quantity = quantity
        }
    }
    package var order: OrderID
    package var lines: [Line]
    /// After this time the stock goes back by itself.
    package var lifetime: Duration

    package init(order: OrderID, lines: [Line], lifetime: Duration) {
        self.order = order
        self.lines = lines
        self.lifetime = lifetime
    }
}
