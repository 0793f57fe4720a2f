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
