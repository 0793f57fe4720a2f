import Commerce

/// A mail that is ready to be sent, and what the message log keeps about it.
struct ComposedMail: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case orderPlaced = "order_placed"
        case orderCancelled = "order_cancelled"
        case orderFulfilled = "order_fulfilled"
    }

    var eventID: EventID
    var orderID: String
    var kind: Kind
    var addressee: Addressee
    var subject: String
    /// The whole message with its headers (RFC 5322), lines ended by CRLF.
    var rfc822: String
}
