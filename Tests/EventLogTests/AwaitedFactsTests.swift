import EventLog
import SQL
import ServiceKit
import TestSupport
import Testing

/// A consumer whose effects are the rows of a table.
@Suite struct AwaitedFactsTests {
    private struct Consumer {
        let database: any Database
        let time = TestClock()
        let facts: AwaitedFacts

        init(_ database: any Database) {
            self.database = database
            facts = AwaitedFacts(database: database, clock: time.clock) { ids, tx in
                Set(try tx.query("SELECT id FROM effects WHERE id IN \(in: ids)").map { try $0.string("id") })
            }
        }

        func handle(_ ids: String...) async throws {
            try await database.write { tx in
                try tx.execute(rows: ids.map { [$0.sqlValue] }) { "INSERT INTO effects (id) VALUES \(rows: $0)" }
            }
        }

        func take(_ ids: [String], checkpoint: Int64) async throws {
            try await database.write { tx in try facts.take(ids, checkpoint: checkpoint, in: tx) }
        }

        func overdue(lag: Int64 = 0) async throws -> [String] {
            let finding = try await facts.overdue { lag }
            #expect(finding.violations == Int64(finding.ids.count))
            return finding.ids
        }
    }

    private func withConsumer(_ body: (Consumer) async throws -> Void) async throws {
        let effects = Migration("effects") { dialect in "CREATE TABLE effects (id TEXT PRIMARY KEY) \(dialect.strict);"
        }
        try await withDatabase([Inbox.migration, Inbox.expiryMigration, AwaitedFacts.migration, effects]) { database in
            try await body(Consumer(database))
        }
    }

    @Test func whatIsNotHandledInTimeIsOverdue() async throws {
        try await withConsumer { consumer in
            try await consumer.handle("a")
            try await consumer.take(["a", "b", "c"], checkpoint: 1)
            consumer.time.advance(by: .seconds(299))
            #expect(try await consumer.overdue() == [])
            try await consumer.handle("b")
            consumer.time.advance(by: .seconds(1))
            #expect(try await consumer.overdue() == ["c"])
            try await consumer.handle("c")
            #expect(try await consumer.overdue() == [])
            let left = try await consumer.database.read { tx in try tx.query("SELECT id FROM awaited_facts").count }
            #expect(left == 0)
        }
    }

    @Test func aConsumerThatIsBehindHasLostNothingYet() async throws {
        try await withConsumer { consumer in
            try await consumer.take(["a"], checkpoint: 1)
            consumer.time.advance(by: .seconds(301))
            #expect(try await consumer.overdue(lag: AwaitedFacts.mostLag + 1) == [])
            #expect(try await consumer.overdue(lag: AwaitedFacts.mostLag) == ["a"])
        }
    }

    @Test func theLagIsAskedForOnlyWhenSomethingIsOverdue() async throws {
        try await withConsumer { consumer in
            try await consumer.take(["a"], checkpoint: 1)
            let finding = try await consumer.facts.overdue { throw ServiceError.unexpected }
            #expect(finding.violations == 0)
        }
    }

    @Test func aLostCheckpointIsOverdueUntilItArrives() async throws {
        try await withConsumer { consumer in
            // The first that a consumer reads may have any number.
            try await consumer.take([], checkpoint: 7)
            try await consumer.take([], checkpoint: 10)
            consumer.time.advance(by: .seconds(301))
            #expect(try await consumer.overdue() == ["checkpoint-8", "checkpoint-9"])
            try await consumer.take([], checkpoint: 8)
            #expect(try await consumer.overdue() == ["checkpoint-9"])
            try await consumer.take([], checkpoint: 11)
            #expect(try await consumer.overdue() == ["checkpoint-9"])
        }
    }

    @Test func aRepeatedCheckpointChangesNothing() async throws {
        try await withConsumer { consumer in
            let event = try SampleEvents.cancelled("ord_1")
            for ids in [["a"], ["a", "b"]] {
                try await consumer.facts.take(ids, checkpoint: 1, of: event, consumer: "test", retention: nil)
            }
            consumer.time.advance(by: .seconds(301))
            #expect(try await consumer.overdue() == ["a"])
        }
    }

    @Test func moreThanOnePageIsGoneThrough() async throws {
        try await withConsumer { consumer in
            let ids = (10_000..<11_200).map(String.init)
            try await consumer.take(ids, checkpoint: 1)
            consumer.time.advance(by: .seconds(301))
            let finding = try await consumer.facts.overdue { 0 }
            #expect(finding.violations == 1_200)
            let half = Array(ids.prefix(600))
            try await consumer.database.write { tx in
                try tx.execute(rows: half.map { [$0.sqlValue] }) { "INSERT INTO effects (id) VALUES \(rows: $0)" }
            }
            let rest = try await consumer.facts.overdue { 0 }
            #expect(rest.violations == 600 && rest.ids.first == "10600")
        }
    }
}
