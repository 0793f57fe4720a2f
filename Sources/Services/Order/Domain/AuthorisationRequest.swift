package import Commerce

package struct AuthorisationRequest: Hashable, Sendable {
    package var orderID: OrderID
    package var amount: Money
    /// Represents the customer's means of payment; used once, never logged.
    package var token: String
    package var idempotencyKey: String

    package init(orderID: OrderID, amount: Money, token: String, idempotencyKey: String) {
        self.orderID = orderID
        self.amount = amount
        self.token = token
        self.idempotencyKey = idempotencyKey
    }
}
