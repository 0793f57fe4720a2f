import AuthContract
import AuthService
import Commerce
import EventContract
import EventLog
import Identity
import Logging
import SQL
import ServiceKit
import TestSupport
import Testing

/// What the command line does to accounts, and the audit record of each action.
@Suite struct OperatorTests {
    private static let actor = "operator:test"

    @Test func anAdministratorHoldsEveryPermission() async throws {
        try await withAuth { auth in
            let outcome = try await create(auth, "boss@example.com")
            guard case .created(let boss, let password) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            let signIn = try await auth.service.logIn(email: "boss@example.com", password: password)
            let principal = try await auth.verifier.verify(signIn.accessToken)
            #expect(principal == .staff(boss.id, permissions: Set(Permission.allCases)))
            #expect(try await auth.records() == ["administrator.create \(boss.id)"])
        }
    }

    @Test func aCustomerIsPromotedOnlyOnRequest() async throws {
        try await withAuth { auth in
            let ada = try await auth.register()
            #expect(
                try await create(auth, "Ada@example.com", password: "some other password") == .refused(ada.customer))
            _ = try await auth.service.refresh(ada.refreshToken)
            #expect(try await auth.records() == [])

            let again = try await auth.service.logIn(email: "ada@example.com", password: AuthFixture.password)
            var boss = ada.customer
            boss.role = .administrator
            #expect(try await create(auth, "ada@example.com", promote: true) == .promoted(boss))
            // The role needs a new log-in.
            #expect(await code { try await auth.service.refresh(again.refreshToken) } == "invalid_refresh_token")
            let signIn = try await auth.service.logIn(email: "ada@example.com", password: AuthFixture.password)
            #expect(signIn.customer == boss)
            #expect(try await create(auth, "ada@example.com", promote: true) == .unchanged(boss))
            _ = try await auth.service.refresh(signIn.refreshToken)
            #expect(try await auth.records() == ["administrator.promote \(boss.id)"])
        }
    }

    @Test func aRevokedAdministratorGetsTokensOfACustomer() async throws {
        try await withAuth { auth in
            _ = try await create(auth, "boss@example.com", password: AuthFixture.password)
            _ = try await create(auth, "other@example.com")
            let signIn = try await auth.service.logIn(email: "boss@example.com", password: AuthFixture.password)
            let revoked = try await auth.service.revokeAdministrator(email: "BOSS@example.com", by: Self.actor)
            #expect(revoked.hasChanged && revoked.leavesAdministrator && revoked.customer.role == .customer)
            #expect(await code { try await auth.service.refresh(signIn.refreshToken) } == "invalid_refresh_token")
            let after = try await auth.service.logIn(email: "boss@example.com", password: AuthFixture.password)
            #expect(try await auth.verifier.verify(after.accessToken) == .customer(after.customer.id))
            // Tokens issued before keep their permissions until they expire, within fifteen minutes.
            _ = try await auth.verifier.verify(signIn.accessToken)
            auth.clock.advance(by: .seconds(900 + 60))
            #expect(await code { try await auth.verifier.verify(signIn.accessToken) } != nil)

            let again = try await auth.service.revokeAdministrator(email: "boss@example.com", by: Self.actor)
            #expect(!again.hasChanged)
            let last = try await auth.service.revokeAdministrator(email: "other@example.com", by: Self.actor)
            #expect(last.hasChanged && !last.leavesAdministrator)
            let nobody = await code {
                try await auth.service.revokeAdministrator(email: "nobody@example.com", by: Self.actor)
            }
            #expect(nobody == "customer_not_found")
            #expect(
                try await auth.records().suffix(2) == [
                    "administrator.revoke \(revoked.customer.id)", "administrator.revoke \(last.customer.id)",
                ])
        }
    }

    @Test func aPasswordResetEndsSessionsAndKeepsTheRole() async throws {
        try await withAuth { auth in
            let ada = try await auth.register()
            for _ in 0..<6 { _ = await code { try await auth.service.logIn(email: "ada@example.com", password: "no") } }
            let reset = try await auth.service.resetPassword(
                email: "ada@example.com", password: nil, by: Self.actor)
            #expect(reset.customer == ada.customer)
            #expect(await code { try await auth.service.refresh(ada.refreshToken) } == "invalid_refresh_token")
            _ = try await auth.service.logIn(email: "ada@example.com", password: reset.password)
            let weak = await code {
                try await auth.service.resetPassword(email: "ada@example.com", password: "short", by: Self.actor)
            }
            #expect(weak == "invalid_request")
            #expect(try await auth.records() == ["account.reset_password \(ada.customer.id)"])
        }
    }

    @Test func changesOfSigningKeysAreRecorded() async throws {
        try await withAuth { auth in
            try await auth.service.rotateSigningKey(by: Self.actor)
            try await auth.service.withdrawSigningKeys(by: Self.actor)
            let records = try await auth.records()
            #expect(records.count == 2)
            #expect(records.first?.hasPrefix("signing_keys.rotate ") == true)
            #expect(records.last == "signing_keys.withdraw signing_keys")
        }
    }

    private func create(
        _ auth: AuthFixture, _ email: String, password: String? = nil, promote: Bool = false
    ) async throws -> AdministratorCreation {
        try await auth.service.createAdministrator(
            email: email, password: password, name: "Boss", promote: promote, by: Self.actor)
    }
}

extension AuthFixture {
    /// The audit records of operators: action and subject.
    fileprivate func records() async throws -> [String] {
        try await OutboxRelay(of: "test", database: database, log: log, logger: Logger(label: "test")).relayOnce()
        return try await log.poll(group: "test", topic: .staff, limit: 100, wait: .zero).compactMap {
            guard let payload = try $0.event.payload(StaffActed.self) else { return nil }
            #expect(payload.actor == "operator:test")
            return "\(payload.action) \(payload.subject)"
        }
    }
}
