/// A customer with fresh tokens.
package struct SignIn: Hashable, Sendable, Codable {
    package var customer: Customer
    /// ES256 JWT, 15 minutes.
    package var accessToken: String
    /// Opaque, used once.
    package var refreshToken: String
    /// Seconds until the access token ends.
    package var expiresIn: Int

    package init(customer: Customer, accessToken: String, refreshToken: String, expiresIn: Int) {
        self.customer = customer
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresIn = expiresIn
    }

    enum CodingKeys: String, CodingKey {
        case customer
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case expiresIn = "expires_in"
    }
}
