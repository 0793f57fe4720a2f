import AuthContract
import Commerce
import SQL
import ServiceKit

/// Trades a refresh token for new tokens. A token that was used before ends its session.
struct RefreshSession: Sendable {
    let context: AuthContext

    func run(_ presented: RefreshToken) async throws -> SignIn {
        let next = RefreshToken(secret: GenerateSecret.run(bytes: RefreshToken.secretLength))
        let (now, lifetime) = (context.clock.now(), context.refreshLifetime)
        let signer = try await context.keys.currentSigner()
        // A reuse is a result here and not an error, because throwing would undo the revocation.
        let outcome = try await context.database.write { tx in
            let outcome = try SessionTable.rotate(presented, into: next, at: now, lifetime: lifetime, in: tx)
            if case .reused(let customer, revoked: true) = outcome {
                try AccountEvents.sessionsRevoked(customer, reason: "refresh_token_reused", at: now, in: tx)
            }
            return outcome
        }
        switch outcome {
        case .rotated(let customer):
            return try await IssueTokens(lifetime: context.accessLifetime).run(for: customer, next, by: signer, at: now)
        case .reused: throw ServiceError.refreshTokenReused
        case .unknown: throw ServiceError.invalidRefreshToken
        }
    }
}
