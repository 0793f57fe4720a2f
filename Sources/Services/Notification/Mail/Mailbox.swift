/// A name and an address.
struct Mailbox: Sendable {
    var name: String
    var address: String

    var header: String { "\(MailHeader.phrase(name)) <\(OneLine.text(address))>" }
}
