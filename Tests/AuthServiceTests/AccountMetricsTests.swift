import AuthContract
import AuthService
import ServiceKit
import TestSupport
import Testing

@Suite struct AccountMetricsTests {
    @Test func signInsAndAccountsAreCounted() async throws {
        try await withAuth { auth in
            func signIns(_ outcome: String) -> String? {
                auth.metrics.value("magpie_sign_ins_total", ["outcome": outcome], of: "auth-service")
            }
            func created() -> String? { auth.metrics.value("magpie_accounts_created_total", of: "auth-service") }
            for _ in 1...2 {
                _ = try await calling(key: "register") {
                    try await auth.service.register(
                        Registration(email: "ada@example.com", password: AuthFixture.password, name: "Ada"))
                }
            }
            let second = await code { try await auth.register() }
            #expect(second == "email_taken")
            #expect(created() == "1" && signIns("succeeded") == "0")
            _ = try await auth.service.logIn(email: "ada@example.com", password: AuthFixture.password)
            var codes: [String?] = []
            for _ in 1...12 {
                codes.append(await code { try await auth.service.logIn(email: "ada@example.com", password: "wrong") })
            }
            #expect(signIns("succeeded") == "1")
            let (wrong, limited) = (
                codes.count { $0 == "invalid_credentials" }, codes.count { $0 == "too_many_logins" }
            )
            #expect(wrong > 0 && limited > 0 && wrong + limited == codes.count)
            #expect(signIns("wrong_credentials") == String(wrong) && signIns("limited") == String(limited))
        }
    }
}
