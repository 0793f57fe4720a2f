package import Commerce
package import OrderContract

/// An acquirer. Everything is idempotent by key: a repeated call answers what the first did. A throw of
/// `PaymentError.refused` is final; any other throw, or no answer, means that nobody knows: ask `status`.
package protocol PaymentProvider: Sendable {
    /// What a `PaymentInstruction` calls it: `test`.
    var name: String { get }
    /// What checkout offers of it; nil when it only finishes what it began: no new payments are authorised.
    var method: PaymentMethod? { get }
    /// Sets money aside. A decline is an answer, not an error.
    func authorise(_ request: AuthorisationRequest) async throws -> Payment
    /// Takes all that was authorised. Refused when it was voided or declined.
    func capture(_ key: String) async throws -> Payment
    /// Lets go of the money; refused once captured. After it an authorisation that is still under way with this key
    /// must not succeed, so an unknown key is remembered as voided.
    func void(_ key: String) async throws -> Payment
    /// Gives captured money back, once for each `refundKey`.
    func refund(_ key: String, amount: Money, refundKey: String) async throws -> Payment
    /// What really happened under this key; nil when the provider never heard of it.
    func status(of key: String) async throws -> Payment?
    /// Forgets refused payments from before this time: for a provider that keeps its books here.
    func forgetRefusals(before time: Instant) async throws
}

package struct AuthorisationRequest: Hashable, Sendable {
    package var orderID: OrderID
    package var amount: Money
    /// Stands for the customer's means of payment; used once, never logged.
    package var token: String
    package var idempotencyKey: String

    package init(orderID: OrderID, amount: Money, token: String, idempotencyKey: String) {
        self.orderID = orderID
        self.amount = amount
        self.token = token
        self.idempotencyKey = idempotencyKey
    }
}

/// A payment as its provider knows it.
package struct Payment: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case authorised, captured, voided
        case refused(PaymentRefusal)
    }
    package var state: State
    /// The provider's own name for it, as on its statements.
    package var reference: String
    package var amount: Money
    /// Minor units.
    package var captured: Int64
    /// Minor units.
    package var refunded: Int64

    package init(state: State, reference: String, amount: Money, captured: Int64, refunded: Int64) {
        self.state = state
        self.reference = reference
        self.amount = amount
        self.captured = captured
        self.refunded = refunded
    }
}

package enum PaymentRefusal: String, Hashable, Sendable, CaseIterable {
    case declined
    case insufficientFunds = "insufficient_funds"
    case requiresAction = "requires_action"
}

package enum PaymentError: Error, Hashable, Sendable {
    /// The provider will never do this; the reason is for the log.
    case refused(String)
}
