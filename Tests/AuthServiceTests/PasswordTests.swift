import AuthContract
import AuthService
import ServiceKit
import TestSupport
import Testing

@Suite struct PasswordTests {
    private let new = "another horse battery"

    @Test func aChangedPasswordEndsEveryOtherSession() async throws {
        try await withAuth { auth in
            let here = try await auth.register()
            let elsewhere = try await auth.service.logIn(email: "ada@example.com", password: AuthFixture.password)
            try await calling(as: .customer(here.customer.id)) {
                try await auth.service.changePassword(
                    PasswordChange(current: AuthFixture.password, new: new, refreshToken: here.refreshToken))
            }
            _ = try await auth.service.refresh(here.refreshToken)
            #expect(await code { try await auth.service.refresh(elsewhere.refreshToken) } == "invalid_refresh_token")
            let old = await code {
                try await auth.service.logIn(email: "ada@example.com", password: AuthFixture.password)
            }
            #expect(old == "invalid_credentials")
            _ = try await auth.service.logIn(email: "ada@example.com", password: new)
            #expect(try await auth.events().contains("AccountPasswordChanged"))
        }
    }

    @Test func theCurrentPasswordCannotBeGuessed() async throws {
        try await withAuth { auth in
            let ada = try await auth.register().customer
            let eve = try await auth.register("eve@example.com")
            func change(_ current: String, to new: String) async -> ServiceError? {
                await #expect(throws: ServiceError.self) {
                    try await calling(as: .customer(ada.id)) {
                        // The token of another customer keeps no session.
                        try await auth.service.changePassword(
                            PasswordChange(current: current, new: new, refreshToken: eve.refreshToken))
                    }
                }
            }
            #expect(await change(AuthFixture.password, to: "short")?.fields.map(\.field) == ["new_password"])
            for _ in 0..<5 {
                let error = await change("wrong password", to: new)
                #expect(error?.fields.map(\.code) == ["wrong_password"])
            }
            #expect(await change(AuthFixture.password, to: new)?.code == "too_many_logins")
        }
    }

    @Test func onlyCustomersHaveAPassword() async throws {
        try await withAuth { auth in
            let change = PasswordChange(current: "", new: new, refreshToken: nil)
            let service = auth.service
            #expect(await code { try await service.changePassword(change) } == "unauthenticated")
        }
    }
}
