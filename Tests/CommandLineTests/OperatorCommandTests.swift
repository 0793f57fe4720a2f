import ArgumentParser
import AuditContract
import AuditService
import AuthContract
import AuthService
import EventContract
import EventLog
import Foundation
import Logging
import SQL
import SQLiteDriver
import ServiceKit
import TestSupport
import Testing

@testable import magpie

/// Commands that need a privilege: what they refuse, and that the audit log has them.
@Suite struct OperatorCommandTests {
    private static let password = "a long enough password"

    @Test func aCustomerIsNotMadeAnAdministratorByMistake() async throws {
        try await withTemporaryFolder { folder in
            let data = ["--data", folder.path]
            #expect(await exitCode(["migrate"] + data) == 0)
            try await register("ada@example.com", in: folder)
            let create = ["admin", "create", "ada@example.com"] + data
            #expect(await exitCode(create) == 1)
            #expect(await exitCode(create + ["--password", Self.password]) == 1)
            #expect(try await role("ada@example.com", in: folder) == .customer)
            #expect(await exitCode(create + ["--promote"]) == 0)
            #expect(try await role("ada@example.com", in: folder) == .administrator)
            // Once more changes nothing, the password neither.
            #expect(await exitCode(create + ["--password", "some other password"]) == 0)
            #expect(try await canLogIn("ada@example.com", "correct horse battery", in: folder))

            let revoke = ["admin", "revoke", "ada@example.com"] + data
            #expect(await exitCode(revoke) == 0)
            #expect(try await role("ada@example.com", in: folder) == .customer)
            #expect(await exitCode(revoke) == 0)
            #expect(await exitCode(["admin", "revoke", "nobody@example.com"] + data) == 1)
            let reset = ["admin", "reset-password", "ada@example.com", "--password", Self.password] + data
            #expect(await exitCode(reset) == 0)
            #expect(try await role("ada@example.com", in: folder) == .customer)
            #expect(try await canLogIn("ada@example.com", Self.password, in: folder))
            #expect(
                try await auditedActions(in: folder) == [
                    "staff.administrator.promote", "staff.administrator.revoke", "staff.account.reset_password",
                ])
        }
    }

    @Test func everyPrivilegedCommandIsAudited() async throws {
        try await withTemporaryFolder { folder in
            let data = ["--data", folder.path]
            let shop = try await OneProcess(settings: Settings(.parse(data)), quiet: true)
            for key in ["a", "b"] {
                let event = try Event(OrderCancelled(orderID: key), source: "test")
                try await shop.eventLog.publish([event])
                try await shop.eventLog.deadLetter(event, group: "audit-service", reason: "test")
            }
            try await shop.close()
            let commands = [
                ["admin", "create", "boss@example.com"], ["admin", "rotate-keys"], ["admin", "rotate-keys", "--now"],
                ["export", "customers"], ["export", "orders"], ["export", "products"],
                ["events", "dead-letters", "--drop", "1"], ["events", "dead-letters", "--retry", "all"],
                ["events", "replay", "--group", "analytics-service"],
            ]
            for command in commands { #expect(await exitCode(command + data) == 0, "\(command)") }
            // These read what is no secret, or change nothing.
            for command in [["events", "dead-letters"], ["mail", "retry"], ["audit", "verify"]] {
                #expect(await exitCode(command + data) == 0, "\(command)")
            }
            let expected = [
                "staff.administrator.create", "staff.signing_keys.rotate", "staff.signing_keys.withdraw",
                "staff.customers.export", "staff.orders.export", "staff.products.export", "staff.dead_letter.drop",
                "staff.dead_letter.retry", "staff.events.replay",
            ]
            #expect(try await auditedActions(in: folder).sorted() == expected.sorted())
            #expect(await exitCode(["audit", "verify"] + data) == 0)
        }
    }

    /// Without its record nothing is exported, dropped, or read anew.
    @Test func whatCannotBeRecordedIsNotDone() async throws {
        try await withTemporaryFolder { folder in
            let data = ["--data", folder.path]
            let shop = try await OneProcess(settings: Settings(.parse(data)), quiet: true)
            let event = try Event(OrderCancelled(orderID: "a", number: "1"), source: "test")
            try await shop.eventLog.publish([event])
            try await shop.eventLog.deadLetter(event, group: "audit-service", reason: "test")
            _ = try await shop.backends.files["events"]?.write { tx in
                try tx.run(
                    unsafeScript: """
                        CREATE TRIGGER refuse BEFORE INSERT ON events
                        BEGIN SELECT RAISE(ABORT, 'no more events'); END
                        """)
            }
            for command in [["export", "customers"], ["events", "dead-letters", "--drop", "1"]] {
                #expect(await exitCode(command + data) == 1, "\(command)")
            }
            #expect(try await shop.eventLog.deadLetters().count == 1)
            let error = await #expect(throws: Fault.self) {
                try await shop.record([StaffAction("customers.export", on: "customers")])
            }
            #expect(error?.description.hasPrefix("nothing was done") == true)
            try await shop.close()
        }
    }

    // MARK: Parts

    private func withShop<Value>(in folder: URL, _ body: (OneProcess) async throws -> Value) async throws -> Value {
        let shop = try await OneProcess(settings: Settings(.parse(["--data", folder.path])), quiet: true)
        let value = try await CallContext(principal: .system("test")).run { try await body(shop) }
        try await shop.close()
        return value
    }

    private func register(_ email: String, in folder: URL) async throws {
        try await withShop(in: folder) { shop in
            _ = try await shop.accounts.register(
                Registration(email: email, password: "correct horse battery", name: "Ada"))
        }
    }

    private func role(_ email: String, in folder: URL) async throws -> Customer.Role? {
        try await withShop(in: folder) { shop in
            try await shop.accounts.customers(email: email, page: PageRequest(cursor: nil, limit: 1)).items.first?.role
        }
    }

    private func canLogIn(_ email: String, _ password: String, in folder: URL) async throws -> Bool {
        try await withShop(in: folder) { shop in
            (try? await shop.accounts.logIn(email: email, password: password)) != nil
        }
    }

    /// What the audit log makes of the events of staff and operators, the oldest first.
    private func auditedActions(in folder: URL) async throws -> [String] {
        try await withShop(in: folder) { shop in
            let auth = try #require(shop.backends.files["auth"])
            try await OutboxRelay(of: "test", database: auth, log: shop.eventLog, logger: .silent).relayOnce()
            for logged in try await shop.eventLog.poll(group: "test", topic: .staff, limit: 100, wait: .zero) {
                try await shop.audit.handle(logged.event)
            }
            let records = try await shop.audit.records(
                action: nil, actor: Operator.actor, page: PageRequest(cursor: nil, limit: 100)
            ).items
            #expect(records.allSatisfy { !$0.details.contains("@") && !$0.subject.contains("@") })
            return records.reversed().map(\.action)
        }
    }
}
