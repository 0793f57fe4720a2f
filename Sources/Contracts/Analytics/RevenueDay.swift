package import Commerce

/// What one day brought, in one currency.
package struct RevenueDay: Hashable, Sendable, Codable {
    package var day: String
    package var orders: Int
    /// What customers paid that day.
    package var gross: Money
    /// What was given back that day.
    package var refunded: Money

    package init(day: String, orders: Int, gross: Money, refunded: Money) {
        self.day = day
        self.orders = orders
        self.gross = gross
        self.refunded = refunded
    }
}
