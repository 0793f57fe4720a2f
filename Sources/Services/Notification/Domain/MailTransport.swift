/// Delivers mails.
package protocol MailTransport: Sendable {
    /// No attempt takes longer than this.
    var longestAttempt: Duration { get }

    /// Returns when the receiving side is responsible for the mail. May be called again with the same mail after
    /// a crash. Throws `MailError`.
    func deliver(_ mail: OutgoingMail) async throws
}
