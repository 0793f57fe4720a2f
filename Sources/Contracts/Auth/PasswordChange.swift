/// A customer's wish for another password.
package struct PasswordChange: Sendable {
    package var current: String
    package var new: String
    /// Of the session that goes on; nil ends all.
    package var refreshToken: String?

    package init(current: String, new: String, refreshToken: String?) {
        self.current = current
        self.new = new
        self.refreshToken = refreshToken
    }
}
