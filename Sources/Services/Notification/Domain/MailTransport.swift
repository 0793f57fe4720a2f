package import Commerce

/// Where mails go out.
package protocol MailTransport: Sendable {
    /// Longer than this no attempt takes.
    var longestAttempt: Duration { get }

    /// Returns when the other side has taken responsibility for the mail. May be called again with the same mail after
    /// a crash. Throws `MailError`.
    func deliver(_ mail: OutgoingMail) async throws
}

package struct OutgoingMail: Sendable {
    /// Names the mail: the same for every attempt.
    package var id: EventID
    /// The envelope's addresses.
    package var sender: String
    package var recipient: String
    /// The message with its headers, lines ended by CRLF.
    package var rfc822: String

    package init(id: EventID, sender: String, recipient: String, rfc822: String) {
        self.id = id
        self.sender = sender
        self.recipient = recipient
        self.rfc822 = rfc822
    }
}

/// Never names an address: it is logged.
package enum MailError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Trying again later may help.
    case unavailable(String)
    /// The server will never take mail for this address.
    case recipientRefused(code: Int)
    /// The configured sender's address is not an address.
    case senderAddress
    case template(String)

    package var description: String {
        switch self {
        case .unavailable(let why): "mail server unavailable: \(why)"
        case .recipientRefused(let code): "recipient refused with \(code)"
        case .senderAddress: "the configured sender is not an e-mail address"
        case .template(let name): "template \(name) is missing"
        }
    }
}
