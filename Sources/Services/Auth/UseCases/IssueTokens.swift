import AuthContract
import Commerce
import Identity
import ServiceKit

/// Signs an access token that goes with a refresh token.
struct IssueTokens: Sendable {
    /// Of the access token.
    let lifetime: Duration

    func run(
        for customer: Customer, _ refreshToken: RefreshToken, by signer: TokenSigner, at now: Instant
    ) async throws -> SignIn {
        let permissions = customer.role == .administrator ? Set(Permission.allCases) : []
        let access = try await signer.token(for: customer.id, permissions: permissions, at: now, lifetime: lifetime)
        return SignIn(
            customer: customer, accessToken: access, refreshToken: refreshToken.text,
            expiresIn: Int(lifetime.components.seconds))
    }
}
