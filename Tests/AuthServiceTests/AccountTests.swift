import AuthContract
import AuthService
import Commerce
import Identity
import SQL
import ServiceKit
import TestSupport
import Testing

@Suite struct AccountTests {
    @Test func aRegisteredCustomerIsLoggedIn() async throws {
        try await withAuth { auth in
            let signIn = try await auth.register(" Ada@Example.com ")
            #expect(signIn.customer.email == "ada@example.com")
            #expect(signIn.customer.role == .customer)
            #expect(signIn.expiresIn == 900)
            #expect(try await auth.verifier.verify(signIn.accessToken) == .customer(signIn.customer.id))
            #expect(try await auth.events() == ["AccountRegistered"])
        }
    }

    @Test func anEmailAddressHasOneAccount() async throws {
        try await withAuth { auth in
            _ = try await auth.register("ada@example.com")
            #expect(await code { try await auth.register("ADA@example.com") } == "email_taken")
        }
    }

    @Test(arguments: [
        ("no-address", "long enough pw", "Ada", "invalid_email"),
        ("ada@example.com", "short", "Ada", "too_short"),
        ("ada@example.com", String(repeating: "x1", count: 65), "Ada", "too_long"),
        ("ada@example.com", "Ada@Example.com", "Ada", "same_as_email"),
        ("ada@example.com", "Password1", "Ada", "too_common"),
        ("ada@example.com", "aaaaaaaaaa", "Ada", "too_common"),
        ("ada@example.com", "long enough pw", " ", "required"),
        ("ada@example.com", "long enough pw", "Ada\r\nBcc: x", "invalid_characters"),
    ])
    func invalidRegistrationsNameTheField(email: String, password: String, name: String, expected: String) async throws
    {
        try await withAuth { auth in
            let registration = Registration(email: email, password: password, name: name)
            let error = await #expect(throws: ServiceError.self) { try await auth.service.register(registration) }
            #expect(error?.kind == .invalid)
            #expect(error?.fields.map(\.code) == [expected])
        }
    }

    @Test func aRepeatedRegistrationIsAnsweredWithFreshTokens() async throws {
        try await withAuth { auth in
            let wanted = Registration(email: "ada@example.com", password: AuthFixture.password, name: "Ada")
            let context = CallContext(idempotency: IdempotencyKey(caller: "guest", key: "k1", requestHash: "ignored"))
            let first = try await context.run { try await auth.service.register(wanted) }
            let second = try await context.run { try await auth.service.register(wanted) }
            #expect(!first.replayed && second.replayed)
            #expect(first.value.customer == second.value.customer)
            #expect(first.value.refreshToken != second.value.refreshToken)
            var other = wanted
            other.password = "some other password"
            #expect(
                await code { try await context.run { try await auth.service.register(other) } }
                    == "idempotency_key_reused")
            other = wanted
            other.email = "eve@example.com"
            #expect(
                await code { try await context.run { try await auth.service.register(other) } }
                    == "idempotency_key_reused")
        }
    }

    @Test func onlyOwnerAndStaffSeeAnAccount() async throws {
        try await withAuth { auth in
            let ada = try await auth.register("ada@example.com").customer
            let eve = try await auth.register("eve@example.com").customer
            let service = auth.service
            #expect(try await calling(as: .customer(ada.id)) { try await service.customer(ada.id) } == ada)
            #expect(await code { try await service.customer(ada.id) } == "unauthenticated")
            let asEve = await code { try await calling(as: .customer(eve.id)) { try await service.customer(ada.id) } }
            #expect(asEve == "customer_not_found")
            let staff = Principal.staff(eve.id, permissions: [.customersRead])
            #expect(try await calling(as: staff) { try await service.customer(ada.id) } == ada)
        }
    }

    @Test func staffPagesThroughCustomersNewestFirst() async throws {
        try await withAuth { auth in
            var all: [Customer] = []
            for number in 0..<5 {
                auth.clock.advance(by: .seconds(1))
                all.insert(try await auth.register("c\(number)@example.com").customer, at: 0)
            }
            let service = auth.service
            let staff = Principal.staff(all[0].id, permissions: [.customersRead])
            let denied = await code {
                try await calling(as: .customer(all[0].id)) {
                    try await service.customers(email: nil, page: PageRequest(cursor: nil, limit: 2))
                }
            }
            #expect(denied == "forbidden")
            var seen: [Customer] = []
            var cursor: String?
            repeat {
                let page = try await calling(as: staff) {
                    try await service.customers(email: nil, page: PageRequest(cursor: cursor, limit: 2))
                }
                seen += page.items
                cursor = page.nextCursor
            } while cursor != nil
            #expect(seen == all)
            let found = try await calling(as: staff) {
                try await service.customers(email: "C3@example.com", page: PageRequest(cursor: nil, limit: 9))
            }
            #expect(found.items == [all[1]])
        }
    }

    @Test func theDemoCustomerIsCreatedOnce() async throws {
        try await withAuth { auth in
            let first = try await auth.service.ensureDemoCustomer(
                email: "demo@example.com", password: "demo-customer", name: "Demo")
            let again = try await auth.service.ensureDemoCustomer(
                email: "demo@example.com", password: "another-one", name: "Demo")
            #expect(first == again)
            _ = try await auth.service.logIn(email: "demo@example.com", password: "demo-customer")
        }
    }

    @Test func passwordsAreStoredAsSaltedScrypt() async throws {
        try await withAuth(AuthSettings()) { auth in
            _ = try await auth.register("ada@example.com")
            _ = try await auth.register("eve@example.com")
            let stored = try await auth.database.read { tx in
                try tx.query("SELECT password_hash FROM customers").map { try $0.string("password_hash") }
            }
            #expect(stored.allSatisfy { $0.hasPrefix("$scrypt$ln=14,r=8,p=5$") })
            #expect(Set(stored).count == 2)
            _ = try await auth.service.logIn(email: "ada@example.com", password: AuthFixture.password)
        }
    }
}
