import AuthContract
import Commerce
import Synchronization
import Testing

@testable import Storefront

@Suite struct TokenRenewalTests {
    @Test func aTokenIsRenewedOnceAndOnlyRememberedForAMinute() async throws {
        let now = Mutex(Instant(milliseconds: 0))
        let renewals = Mutex(0)
        let renewal = TokenRenewal(clock: WallClock { now.withLock { $0 } }) { _ in
            let number = renewals.withLock { count in
                count += 1
                return count
            }
            let customer = Customer(
                id: CustomerID(), email: "ada@example.com", name: "Ada", role: .customer,
                createdAt: Instant(milliseconds: 0))
            return SignIn(
                customer: customer, accessToken: "access", refreshToken: "refresh-\(number)", expiresIn: 900)
        }
        #expect(try await renewal.renewed("token").refreshToken == "refresh-1")
        #expect(try await renewal.renewed("token").refreshToken == "refresh-1")
        now.withLock { $0 = $0.advanced(by: .seconds(60)) }
        #expect(try await renewal.renewed("token").refreshToken == "refresh-2")
    }
}
