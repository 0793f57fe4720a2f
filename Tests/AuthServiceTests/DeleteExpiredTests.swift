import AuthContract
import Commerce
import Identity
import SQL
import ServiceKit
import TestSupport
import Testing

@testable import AuthService

@Suite struct DeleteExpiredTests {
    @Test func onlyWhatHasExpiredIsDeleted() async throws {
        try await withAuth { auth in
            let deleteExpired = DeleteExpired(database: auth.database, clock: auth.clock.clock)
            let loggedOut = try await CallContext(clientNetwork: "192.0.2.1").run { try await auth.register() }
            try await auth.service.logOut(refreshToken: loggedOut.refreshToken)
            _ = await code { try await auth.service.logIn(email: "ada@example.com", password: "wrong password") }
            try await auth.service.rotateSigningKey(by: "operator:test")
            auth.clock.advance(by: .seconds(90 * 86_400 + 1))
            let kept = try await CallContext(clientNetwork: "198.51.100.1").run {
                try await auth.service.logIn(email: "ada@example.com", password: AuthFixture.password)
            }
            try await deleteExpired.run()
            #expect(
                try await rows(auth.database) == [
                    "sessions": 1, "refresh_tokens": 1, "login_failures": 0, "signing_keys": 1,
                    "known_places": 1,
                ])
            let next = try await auth.service.refresh(kept.refreshToken)
            #expect(try await auth.verifier.verify(next.accessToken) == .customer(kept.customer.id))
        }
    }

    private func rows(_ database: any Database) async throws -> [String: Int] {
        try await database.read { tx in
            var counts: [String: Int] = [:]
            for table in ["sessions", "refresh_tokens", "login_failures", "signing_keys", "known_places"] {
                counts[table] = try tx.first("SELECT count(*) AS n FROM \(unsafeSQL: table)")?.int("n")
            }
            return counts
        }
    }
}
