/// How the customer pays.
package struct PaymentInstruction: Hashable, Sendable, Codable {
    /// One that `Orders.paymentMethods()` names.
    package var provider: String
    /// What the provider's page gave the customer's browser; never a card number.
    package var token: String

    package init(provider: String, token: String) {
        self.provider = provider
        self.token = token
    }
}
