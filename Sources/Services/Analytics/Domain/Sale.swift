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
