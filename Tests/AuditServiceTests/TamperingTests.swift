import AuditContract
import AuditService
import AuthContract
import Commerce
import EventLog
import SQL
import ServiceKit
import TestSupport
import Testing

@Suite struct TamperingTests {
    /// A change of a chain of five records that the service did not make, and how verification names it.
    struct Tampering: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var script: String
        var fault: String
        var good: Int64
    }

    static let tamperings = [
        Tampering(
            testDescription: "details edited", script: "UPDATE audit_records SET details = '{}' WHERE sequence = 3;",
            fault: "Record 3 was altered", good: 2),
        Tampering(
            testDescription: "actor edited in the last record",
            script: "UPDATE audit_records SET actor = 'cus_other' WHERE sequence = 5;",
            fault: "Record 5 was altered", good: 4),
        Tampering(
            testDescription: "back-dated",
            script: "UPDATE audit_records SET occurred_at = occurred_at - 1 WHERE sequence = 1;",
            fault: "Record 1 was altered", good: 0),
        Tampering(
            testDescription: "moved to another event",
            script: "UPDATE audit_records SET event_id = 'evt_other' WHERE sequence = 2;",
            fault: "Record 2 was altered", good: 1),
        Tampering(
            testDescription: "one deleted", script: "DELETE FROM audit_records WHERE sequence = 3;",
            fault: "Record 3 is missing", good: 2),
        Tampering(
            testDescription: "first deleted", script: "DELETE FROM audit_records WHERE sequence = 1;",
            fault: "Record 1 is missing", good: 0),
        Tampering(
            testDescription: "one deleted, the rest renumbered",
            script: """
                DELETE FROM audit_records WHERE sequence = 3;
                UPDATE audit_records SET sequence = 3 WHERE sequence = 4;
                UPDATE audit_records SET sequence = 4 WHERE sequence = 5;
                """, fault: "Record 3 does not continue", good: 2),
        Tampering(
            testDescription: "two swapped",
            script: """
                UPDATE audit_records SET sequence = 99 WHERE sequence = 2;
                UPDATE audit_records SET sequence = 2 WHERE sequence = 3;
                UPDATE audit_records SET sequence = 3 WHERE sequence = 99;
                """, fault: "Record 2 does not continue", good: 1),
        Tampering(
            testDescription: "contents swapped",
            script: """
                CREATE TABLE copy AS SELECT * FROM audit_records WHERE sequence IN (2, 3);
                UPDATE audit_records SET actor = (SELECT actor FROM copy WHERE sequence = 3) WHERE sequence = 2;
                UPDATE audit_records SET actor = (SELECT actor FROM copy WHERE sequence = 2) WHERE sequence = 3;
                DROP TABLE copy;
                """, fault: "Record 2 was altered", good: 1),
        Tampering(
            testDescription: "tail cut off", script: "DELETE FROM audit_records WHERE sequence > 3;",
            fault: "Record 4 is missing: the chain should end with record 5", good: 3),
        Tampering(
            testDescription: "emptied", script: "DELETE FROM audit_records;",
            fault: "Record 1 is missing: the chain should end with record 5", good: 0),
        Tampering(
            testDescription: "tail and head's count cut off",
            script: "DELETE FROM audit_records WHERE sequence > 3; UPDATE audit_head SET records = 3;",
            fault: "Record 3 is not the one the head", good: 3),
        Tampering(
            testDescription: "head set back", script: "UPDATE audit_head SET records = 4;",
            fault: "Record 5 is not covered by the head", good: 5),
        Tampering(
            testDescription: "head removed", script: "DELETE FROM audit_head;",
            fault: "The head of the chain is missing", good: 5),
    ]

    @Test(arguments: tamperings) func verificationNamesTheFirstFault(_ tampering: Tampering) async throws {
        try await withChain { audit, database in
            #expect(try await verify(audit) == AuditVerification(records: 5, intact: true, fault: nil))
            try await dropTriggers(database)
            try await database.write { try $0.run(unsafeScript: tampering.script) }
            let result = try await verify(audit)
            #expect(!result.intact)
            #expect(result.records == tampering.good)
            let fault = try #require(result.fault)
            #expect(fault.hasPrefix(tampering.fault), "\(fault)")
        }
    }

    /// A record with a right hash of its own still does not match the record after it.
    @Test func aRehashedRecordIsFound() async throws {
        try await withChain { audit, database in
            try await withChain(third: "cus_forged") { _, other in
                let hash = try await other.read { tx in
                    try tx.first("SELECT hash FROM audit_records WHERE sequence = 3")?.string("hash") ?? ""
                }
                try await dropTriggers(database)
                try await database.write { tx in
                    _ = try tx.execute(
                        """
                        UPDATE audit_records SET actor = 'cus_forged', subject = 'cus_forged', hash = \(hash)
                        WHERE sequence = 3
                        """)
                }
                let result = try await verify(audit)
                #expect(result.records == 3)
                #expect(result.fault?.hasPrefix("Record 4 does not continue") == true)
            }
        }
    }

    @Test(arguments: [
        "UPDATE audit_records SET details = '{}' WHERE sequence = 3", "DELETE FROM audit_records WHERE sequence = 5",
        "UPDATE audit_head SET records = 3", "DELETE FROM audit_head",
    ]) func theDatabaseRefusesChanges(_ script: String) async throws {
        try await withChain { audit, database in
            await #expect(throws: (any Error).self) {
                try await database.write { try $0.run(unsafeScript: script) }
            }
            let result = try await verify(audit)
            #expect(result.intact)
        }
    }

    @Test func nothingIsAppendedToAChainWithoutHead() async throws {
        try await withChain { audit, database in
            try await dropTriggers(database)
            try await database.write { try $0.run(unsafeScript: "DELETE FROM audit_head;") }
            let event = try SampleEvents.registered("cus_6")
            await #expect(throws: (any Error).self) { try await audit.handle(event) }
            let count = try await database.read { tx in
                try tx.first("SELECT COUNT(*) AS count FROM audit_records")?.int("count")
            }
            #expect(count == 5)
        }
    }

    private func verify(_ audit: AuditService) async throws -> AuditVerification {
        try await CallContext.staff(.auditRead).run { try await audit.verify() }
    }

    /// Five records by five actors, the same in every chain but for the third.
    private func withChain(
        third: String = "cus_3", _ body: (AuditService, any Database) async throws -> Void
    ) async throws {
        try await withAudit { audit, database in
            for (index, customer) in ["cus_1", "cus_2", third, "cus_4", "cus_5"].enumerated() {
                var event = try SampleEvents.registered(customer)
                event.id = EventID(stored: "evt_\(index + 1)")
                try await audit.handle(event)
            }
            try await body(audit, database)
        }
    }
}
