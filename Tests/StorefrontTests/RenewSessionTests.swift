import AuthContract
import Commerce
import KeyValue
import ServiceKit
import Synchronization
import TestSupport
import Testing

@testable import Storefront

@Suite struct RenewSessionTests {
    /// Two tabs of one browser, each at another replica.
    @Test func replicasThatShareAStoreRenewOnce() async throws {
        try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
            let shared = SharedRenewals(
                store: EmbeddedKeyValueStore(database: database), secret: Array(repeating: 7, count: 32))
            let renewals = Mutex(0)
            let replicas = (0..<3).map { _ in
                RenewSession(shared: shared) { _ in
                    let number = renewals.withLock { count in
                        count += 1
                        return count
                    }
                    try await Task.sleep(for: .milliseconds(50))  // The others arrive meanwhile.
                    return Self.signIn(number)
                }
            }
            let tokens = try await withThrowingTaskGroup(of: String.self) { tasks in
                for replica in replicas { tasks.addTask { try await replica.run("token").refreshToken } }
                return try await tasks.reduce(into: []) { $0.append($1) }
            }
            #expect(tokens == ["refresh-1", "refresh-1", "refresh-1"])
        }
    }

    /// The next request with the token tries again, instead of waiting for a result that never comes.
    @Test func aFailedRenewalIsNotShared() async throws {
        try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
            let shared = SharedRenewals(
                store: EmbeddedKeyValueStore(database: database), secret: Array(repeating: 7, count: 32))
            let broken = RenewSession(shared: shared) { _ in throw ServiceError.unavailable("auth") }
            await #expect(throws: ServiceError.unavailable("auth")) { try await broken.run("token") }
            let working = RenewSession(shared: shared) { _ in Self.signIn(2) }
            let token = try await working.run("token").refreshToken
            #expect(token == "refresh-2")
        }
    }

    static func signIn(_ number: Int) -> SignIn {
        let customer = Customer(
            id: CustomerID(), email: "ada@example.com", name: "Ada", role: .customer,
            createdAt: Instant(milliseconds: 0))
        return SignIn(customer: customer, accessToken: "access", refreshToken: "refresh-\(number)", expiresIn: 900)
    }

    @Test func aRenewalIsSharedForAMinute() async throws {
        let now = Mutex(Instant(milliseconds: 0))
        let renewals = Mutex(0)
        let renewal = RenewSession(clock: WallClock { now.withLock { $0 } }) { _ in
            let number = renewals.withLock { count in
                count += 1
                return count
            }
            return Self.signIn(number)
        }
        #expect(try await renewal.run("token").refreshToken == "refresh-1")
        #expect(try await renewal.run("token").refreshToken == "refresh-1")
        now.withLock { $0 = $0.advanced(by: .seconds(60)) }
        #expect(try await renewal.run("token").refreshToken == "refresh-2")
    }
}
