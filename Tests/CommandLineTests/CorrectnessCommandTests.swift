import ArgumentParser
import Foundation
import SQL
import SQLiteDriver
import ServiceKit
import TestSupport
import Testing

@testable import magpie

@Suite struct CorrectnessCommandTests {
    @Test func aViolationFailsTheCommandUntilItIsRepaired() async throws {
        try await withTemporaryFolder { folder in
            let command = ["correctness", "--data", folder.path]
            #expect(await exitCode(["migrate", "--data", folder.path]) == 0)
            #expect(await exitCode(command) == 0)
            // Money that is reserved for no order.
            try await change(
                "test-payments", in: folder,
                """
                INSERT INTO test_payments (key, order_id, state, amount, currency, created_at)
                VALUES ('ord_lost', 'ord_lost', 'authorised', 500, 'USD', 1)
                """)
            #expect(await exitCode(command) == 1)
            try await change("test-payments", in: folder, "UPDATE test_payments SET state = 'voided'")
            #expect(await exitCode(command) == 0)
        }
    }

    @Test func everyServiceWithChecksIsAsked() async throws {
        try await withTemporaryFolder { folder in
            let shop = try await OneProcess(settings: Settings(.parse(["--data", folder.path])), quiet: true)
            var checks: Set<String> = []
            for module in ServiceList.inOrderOfCalls {
                for check in try await shop.composition.checks(of: module) {
                    checks.insert("\(check.service) \(check.name)")
                    #expect(check.service == module.declaration.name)
                    let finding = try await check.run(.everything)
                    #expect(finding.violations == 0)
                }
            }
            try await shop.close()
            #expect(
                checks == [
                    "product-service oversold_units", "product-service ledger_mismatch",
                    "order-service captured_without_order", "order-service order_without_event",
                    "analytics-service order_without_event", "audit-service order_without_event",
                    "audit-service audit_chain", "notification-service order_without_mail",
                ])
        }
    }

    private func change(_ name: String, in folder: URL, _ statement: SQLStatement) async throws {
        let database = try await SQLiteDatabase.open(path: folder.appending(path: "\(name).sqlite").path)
        _ = try await database.write { tx in try tx.execute(statement) }
        try await database.close()
    }
}
