import AuditService
import Commerce
import SQL
import ServiceKit
import TestSupport
import Testing

/// The chain is verified while it grows.
@Suite struct ChainCheckTests {
    private let metrics = RecordedMetrics()

    private func check(_ audit: AuditService) async throws -> String? {
        try await chain(of: audit).run()
        return metrics.violations("audit_chain", of: "audit-service")
    }

    private func chain(of audit: AuditService) throws -> CorrectnessCheck {
        try #require(audit.checks.first { $0.name == "audit_chain" })
    }

    private func withChain(
        of records: Int, _ body: (AuditService, any Database) async throws -> Void
    ) async throws {
        try await withAudit(metrics: metrics) { audit, database in
            for number in 0..<records { try await audit.handle(SampleEvents.registered("cus_\(number)")) }
            try await body(audit, database)
        }
    }

    @Test func aGrowingChainIsIntact() async throws {
        try await withChain(of: 3) { audit, _ in
            #expect(metrics.violations("audit_chain", of: "audit-service") == "NaN")
            for number in 10..<13 {
                #expect(try await check(audit) == "0")
                try await audit.handle(SampleEvents.registered("cus_\(number)"))
            }
            #expect(try await check(audit) == "0")
        }
    }

    @Test func anAlteredRecordIsFoundUntilItIsRepaired() async throws {
        try await withChain(of: 5) { audit, database in
            #expect(try await check(audit) == "0")
            try await dropTriggers(database)
            try await write(database, "UPDATE audit_records SET actor = 'cus_x' WHERE sequence = 2")
            #expect(try await check(audit) == "1")
            try await audit.handle(SampleEvents.registered("cus_10"))
            #expect(try await check(audit) == "1")
            let finding = try await chain(of: audit).run(.everything)
            #expect(finding.ids.first?.hasPrefix("Record 2 was altered") == true)
            try await write(database, "UPDATE audit_records SET actor = 'cus_1' WHERE sequence = 2")
            #expect(try await check(audit) == "0")
        }
    }

    @Test func aNewRecordThatDoesNotContinueTheChainIsFoundAtOnce() async throws {
        // More records than one step goes through: only the end of the chain is new.
        try await withChain(of: 120) { audit, database in
            #expect(try await check(audit) == "0")
            try await audit.handle(SampleEvents.registered("cus_200"))
            try await dropTriggers(database)
            try await write(database, "UPDATE audit_records SET details = '[]' WHERE sequence = 121")
            #expect(try await check(audit) == "1")
            try await write(
                database, "UPDATE audit_records SET details = '{\"role\":\"customer\"}' WHERE sequence = 121")
            #expect(try await check(audit) == "0")
        }
    }

    @Test func anEarlierRecordIsFoundWhenTheStepsReachIt() async throws {
        try await withChain(of: 250) { audit, database in
            try await dropTriggers(database)
            try await write(database, "UPDATE audit_records SET actor = 'cus_x' WHERE sequence = 240")
            var found: [String?] = []
            for _ in 1...4 { found.append(try await check(audit)) }
            #expect(found == ["0", "0", "1", "1"])
        }
    }

    @Test func aMissingHeadAndAMissingEndAreFound() async throws {
        try await withChain(of: 5) { audit, database in
            try await dropTriggers(database)
            #expect(try await check(audit) == "0")
            let head = try await database.read { tx in try tx.first("SELECT last_hash FROM audit_head") }
            let hash = try #require(try head?.string("last_hash"))
            try await write(database, "DELETE FROM audit_head")
            #expect(try await check(audit) == "1")
            try await write(database, "INSERT INTO audit_head (id, records, last_hash) VALUES (1, 5, \(hash))")
            #expect(try await check(audit) == "0")
            try await write(database, "DELETE FROM audit_records WHERE sequence = 5")
            #expect(try await check(audit) == "1")
        }
    }

    private func write(_ database: any Database, _ statement: SQLStatement) async throws {
        _ = try await database.write { tx in try tx.execute(statement) }
    }
}
