/// Why a mail cannot be written or sent. Never names an address, because it is logged.
package enum MailError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Trying again later may help.
    case unavailable(String)
    /// The server will never take mail for this address.
    case recipientRefused(code: Int)
    /// The configured sender's address is not an address.
    case senderAddress

    package var description: String {
        switch self {
        case .unavailable(let why): "mail server unavailable: \(why)"
        case .recipientRefused(let code): "recipient refused with \(code)"
        case .senderAddress: "the configured sender is not an e-mail address"
        }
    }

    /// Whether another attempt cannot help.
    var isFinal: Bool { if case .recipientRefused = self { true } else { false } }
}
