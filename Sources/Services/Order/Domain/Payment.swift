package import Commerce

/// A payment as its provider knows it.
package struct Payment: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case authorised, captured, voided
        case refused(PaymentRefusal)
    }
    package var state: State
    /// The provider's own id of the payment, as on its statements.
    package var reference: String
    package var amount: Money
    /// Minor units.
    package var captured: Int64
    /// Minor units.
    package var refunded: Int64

    /// Whether money of the customer is reserved or kept.
    var holdsMoney: Bool { state == .authorised || (state == .captured && captured > refunded) }

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
    /// The provider will never do this. The reason is for the log.
    case refused(String)
}
