import AuthContract
import Commerce
import Identity
import ServiceKit

/// Authenticates a visitor by the tokens in the session, and renews them when they have expired.
struct SessionAuthenticator: Sendable {
    private let verifier: TokenVerifier
    private let renewal: RenewSession

    init(verifier: TokenVerifier, renewal: RenewSession) {
        self.verifier = verifier
        self.renewal = renewal
    }

    /// Throws only when authentication is unavailable; a login that ended makes the visitor anonymous.
    func principal(_ session: inout Session) async throws -> Principal {
        guard let refreshToken = session.refreshToken else { return .anonymous }
        // Half a minute early: the token must outlive the calls that are made with it.
        let stillGood = (session.accessUntil ?? 0) > Instant.now.milliseconds + 30_000
        if stillGood, let token = session.accessToken, let principal = try? await verifier.verify(token) {
            return principal
        }
        do {
            session.remember(try await renewal.run(refreshToken), at: .now)
        } catch let error as ServiceError where error.kind == .unauthenticated {
            session.forgetLogin()
            return .anonymous
        }
        do {
            return try await verifier.verify(session.accessToken ?? "")
        } catch {
            // A new or withdrawn key is not known everywhere at once: that is no reason to end a login.
            throw error.kind == .unauthenticated ? ServiceError.unavailable("The account service") : error
        }
    }
}
