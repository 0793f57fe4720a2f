package import Commerce

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
