package import Commerce
package import ServiceKit

/// Customers' accounts and their sessions. Every method throws `ServiceError`.
package protocol Accounts: Sendable {
    /// Creates an account and logs it in. 409 `email_taken`, 422 on a weak password or malformed field.
    func register(_ registration: Registration) async throws -> Outcome<SignIn>
    /// 401 `invalid_credentials` whichever of the two is wrong; 429 after repeated failures.
    func logIn(email: String, password: String) async throws -> SignIn
    /// Trades a refresh token for new tokens; showing one a second time revokes its whole family (401).
    func refresh(_ refreshToken: String) async throws -> SignIn
    /// Revokes the family of this refresh token; unknown tokens are ignored.
    func logOut(refreshToken: String) async throws
    /// For a customer, whose other sessions end. 422 when the current password is wrong or the new one is weak; 429
    /// after repeated failures.
    func changePassword(_ change: PasswordChange) async throws
    /// 404 `customer_not_found`.
    func customer(_ id: CustomerID) async throws -> Customer
    /// For staff with `customers:read`, newest first.
    func customers(email: String?, page: PageRequest) async throws -> Page<Customer>
    /// The public halves of the signing keys, as a JWK set (RFC 7517) in JSON.
    func jsonWebKeySet() async throws -> String
}

package struct Registration: Sendable {
    package var email: String
    package var password: String
    package var name: String

    package init(email: String, password: String, name: String) {
        self.email = email
        self.password = password
        self.name = name
    }
}

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

package struct Customer: Hashable, Sendable, Codable {
    package var id: CustomerID
    package var email: String
    package var name: String
    /// `customer` or `administrator`.
    package var role: Role
    package var createdAt: Instant

    package enum Role: String, Sendable, Codable { case customer, administrator }

    package init(id: CustomerID, email: String, name: String, role: Role, createdAt: Instant) {
        self.id = id
        self.email = email
        self.name = name
        self.role = role
        self.createdAt = createdAt
    }

    enum CodingKeys: String, CodingKey {
        case id, email, name, role
        case createdAt = "created_at"
    }
}

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
