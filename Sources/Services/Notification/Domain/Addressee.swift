/// Whom mails about an order go to.
struct Addressee: Sendable {
    var recipient: String
    /// Nil when unknown: an earlier version wrote the confirmation.
    var isGuest: Bool?
}
