package import Commerce

/// A line with its price and every change of it.
package struct PricedLine: Hashable, Sendable {
    package var id: LineID
    package var unitPrice: Money
    package var quantity: Int
    /// Every discount on the line, order-wide ones allocated to it.
    package var adjustments: [Adjustment]
    /// `unitPrice × quantity + Σ adjustments`, never negative.
    package var total: Money

    package init(id: LineID, unitPrice: Money, quantity: Int, adjustments: [Adjustment], total: Money) {
        self.id = id
        self.unitPrice = unitPrice
        self.quantity = quantity
        self.adjustments = adjustments
        self.total = total
    }
}
