import Commerce

/// Money of a placed order that was paid back, or that was never paid.
struct Repayment: Hashable, Sendable {
    var orderID: OrderID
    var amount: Money
    var at: Instant
}
