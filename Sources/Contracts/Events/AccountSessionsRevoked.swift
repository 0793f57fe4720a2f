package import EventLog

/// A refresh token was used twice, and every session of its family ended; or an operator changed role or password, and
/// all did.
package struct AccountSessionsRevoked: Hashable, EventPayload {
    package var customerID: String
    /// A stable code: `refresh_token_reused`.
    package var reason: String

    package init(customerID: String, reason: String) {
        self.customerID = customerID
        self.reason = reason
    }

    package static var topic: Topic { .accounts }
    package var key: String { customerID }
}
