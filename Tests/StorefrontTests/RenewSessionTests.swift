import AuthContract
import Commerce
import Identity
import KeyValue
import ServiceKit
import Synchronization
import TestSupport
import Testing

@testable import Storefront

@Suite struct TokenRenewalTests {
    /// Two tabs of one browser, each at another replica.
    @Test func replicasThatShareAStoreRenewOnce() async throws {
        try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
            let shared = SharedRenewals(
                store: EmbeddedKeyValueStore(database: database), secret: Array(repeating: 7, count: 32))
            let renewals = Mutex(0)
            let replicas = (0..<3).map { _ in
                TokenRenewal(shared: shared) { _ in
                    let number = renewals.withLock { count in
                        count += 1
                        return count
                    }
                    try await Task.sleep(for: .milliseconds(50))  // The others come meanwhile.
                    return Self.signIn(number)
                }
            }
            let answers = try await withThrowingTaskGroup(of: String.self) { tasks in
                for replica in replicas { tasks.addTask { try await replica.renewed("token").refreshToken } }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == ["refresh-1", "refresh-1", "refresh-1"])
        }
    }

    /// The next to bring the token tries again, instead of waiting for an answer that never comes.
    @Test func aFailedRenewalIsNotShared() async throws {
        try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
            let shared = SharedRenewals(
                store: EmbeddedKeyValueStore(database: database), secret: Array(repeating: 7, count: 32))
            let broken = TokenRenewal(shared: shared) { _ in throw ServiceError.unavailable("auth") }
            await #expect(throws: ServiceError.unavailable("auth")) { try await broken.renewed("token") }
            let working = TokenRenewal(shared: shared) { _ in Self.signIn(2) }
            let answer = try await working.renewed("token").refreshToken
            #expect(answer == "refresh-2")
        }
    }

    /// As just after the issuer's keys were withdrawn: whoever signs and whoever verifies hear of it at different times.
    @Test func aLoginOutlivesAKeyThatIsNotKnownYet() async throws {
        let verifier = TokenVerifier(issuer: "magpie", audience: "magpie") { #"{"keys":[]}"# }
        let renewal = TokenRenewal { token in
            guard token == "good" else { throw ServiceError(.unauthenticated, code: "refresh_token_invalid", "No.") }
            return Self.signIn(1)
        }
        let identification = Identification(verifier: verifier, renewal: renewal)
        var session = Session()
        session.refreshToken = "good"
        await #expect(throws: ServiceError.unavailable("The account service")) {
            try await identification.principal(&session)
        }
        #expect(session.refreshToken == "refresh-1")
        session.refreshToken = "bad"
        #expect(try await identification.principal(&session) == .anonymous)
        #expect(session.refreshToken == nil)
    }

    private static func signIn(_ number: Int) -> SignIn {
        let customer = Customer(
            id: CustomerID(), email: "ada@example.com", name: "Ada", role: .customer,
            createdAt: Instant(milliseconds: 0))
        return SignIn(customer: customer, accessToken: "access", refreshToken: "refresh-\(number)", expiresIn: 900)
    }

    @Test func aTokenIsRenewedOnceAndOnlyRememberedForAMinute() async throws {
        let now = Mutex(Instant(milliseconds: 0))
        let renewals = Mutex(0)
        let renewal = TokenRenewal(clock: WallClock { now.withLock { $0 } }) { _ in
            let number = renewals.withLock { count in
                count += 1
                return count
            }
            return Self.signIn(number)
        }
        #expect(try await renewal.renewed("token").refreshToken == "refresh-1")
        #expect(try await renewal.renewed("token").refreshToken == "refresh-1")
        now.withLock { $0 = $0.advanced(by: .seconds(60)) }
        #expect(try await renewal.renewed("token").refreshToken == "refresh-2")
    }
}
