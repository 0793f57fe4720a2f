import Commerce
import Identity
import ServiceKit
import Testing

@testable import Storefront

@Suite struct SessionAuthenticatorTests {
    /// As just after the issuer's keys were withdrawn: signers and verifiers learn of it at different times.
    @Test func aLoginOutlivesAKeyThatIsNotKnownYet() async throws {
        let verifier = TokenVerifier(issuer: "magpie", audience: "magpie") { #"{"keys":[]}"# }
        let renewal = RenewSession { token in
            guard token == "good" else { throw ServiceError(.unauthenticated, code: "refresh_token_invalid", "No.") }
            return RenewSessionTests.signIn(1)
        }
        let authenticator = SessionAuthenticator(verifier: verifier, renewal: renewal)
        var session = Session()
        session.refreshToken = "good"
        await #expect(throws: ServiceError.unavailable("The account service")) {
            try await authenticator.principal(&session)
        }
        #expect(session.refreshToken == "refresh-1")
        session.refreshToken = "bad"
        #expect(try await authenticator.principal(&session) == .anonymous)
        #expect(session.refreshToken == nil)
    }
}
