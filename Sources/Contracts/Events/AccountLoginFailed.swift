package import EventLog

/// A log-in was refused.
package struct AccountLoginFailed: Hashable, EventPayload {
    /// HMAC-SHA-256 of the normalised address: tells attempts on one account apart without naming it.
    package var emailDigest: String
    /// A stable code: `invalid_credentials`.
    package var reason: String

    package init(emailDigest: String, reason: String) {
        self.emailDigest = emailDigest
        self.reason = reason
    }

    package static var topic: Topic { .accounts }
    package var key: String { emailDigest }
}
