import Commerce

/// What the reports keep of a placed order.
struct Sale: Hashable, Sendable {
    struct Line: Hashable, Sendable {
        var productID: ProductID
        var title: String
        var quantity: Int
        /// After discounts.
        var revenue: Money
    }

    var orderID: OrderID
    var cartID: CartID?
    var placedAt: Instant
    var total: Money
    var lines: [Line]
}

/// Money of a placed order that went back to the customer, or that never came.
struct Repayment: Hashable, Sendable {
    var orderID: OrderID
    var amount: Money
    var at: Instant
}

/// An event that says less than it must.
enum AnalyticsError: Error, Hashable, Sendable {
    case unknownCurrency(String)
    case missingAmount
}
