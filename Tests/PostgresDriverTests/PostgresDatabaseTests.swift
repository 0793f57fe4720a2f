import PostgresDriver
import SQL
import ServiceKit
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.postgres != nil, "run it by scripts/with-postgres")) struct PostgresDatabaseTests {
    private static let things = Migration("things") { dialect in
        """
        CREATE TABLE things (
            id \(dialect.int64) PRIMARY KEY, name TEXT NOT NULL UNIQUE,
            amount \(dialect.int64) NOT NULL DEFAULT 0 CHECK (amount >= 0), share DOUBLE PRECISION,
            content \(dialect.blob)
        ) \(dialect.strict);
        """
    }

    private func withThings(_ body: (PostgresDatabase) async throws -> Void) async throws {
        try await #require(TestServer.postgres).withSchema { database in
            try await database.migrate([Self.things])
            try await body(database)
        }
    }

    @Test func valuesComeBackAsTheyWent() async throws {
        try await withThings { database in
            let bytes = (0...255).map(UInt8.init)
            try await database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO things (id, name, amount, share, content)
                    VALUES (\(Int64.max), \("Zoë's \"🐦\" \\x41 $1"), \(7), \(-0.1), \(bytes))
                    """)
                try tx.execute("INSERT INTO things (id, name, share) VALUES (\(2), \("nothing"), \(Double?.none))")
            }
            let rows = try await database.read { tx in
                try tx.query("SELECT *, amount > 1 AS big FROM things WHERE id IN \(in: [Int64.max, 2]) ORDER BY id")
            }
            #expect(try rows.map { try $0.int64("id") } == [2, .max])
            #expect(try rows[1].string("name") == "Zoë's \"🐦\" \\x41 $1")
            #expect(try rows[1].double("share") == -0.1)
            #expect(try rows[1].blob("content") == bytes)
            #expect(try rows[1].bool("big"))
            #expect(try rows[0].isNull("share") && rows[0].isNull("content"))
            let sums = try await database.read { tx in
                try tx.first("SELECT COUNT(*) AS n, COALESCE(SUM(amount), 0) AS total FROM things")
            }
            #expect(try sums?.int("n") == 2 && sums?.int("total") == 7)
        }
    }

    /// As when `magpie migrate` runs while services of the previous version are still running.
    @Test func aTableThatChangesUnderARunningProcessIsStillRead() async throws {
        try await withThings { database in
            try await database.write { tx in _ = try tx.execute("INSERT INTO things (id, name) VALUES (\(1), \("a"))") }
            func names() async throws -> [String] {
                try await database.write { tx in
                    try (tx.query("SELECT * FROM things") + tx.query("SELECT * FROM things ORDER BY id"))
                        .map { try $0.string("name") }
                }
            }
            for column in ["colour", "size"] {
                let before = try await names()
                try await database.write { tx in
                    try tx.run(unsafeScript: "ALTER TABLE things ADD COLUMN \(column) TEXT")
                }
                let after = try await names()
                #expect(before == ["a", "a"] && after == before)
            }
        }
    }

    @Test func aTransactionIsAllOrNothing() async throws {
        try await withThings { database in
            func insert(_ id: Int, _ name: String, _ amount: Int) async -> SQLError? {
                do {
                    try await database.write { tx in
                        try tx.execute("INSERT INTO things (id, name) VALUES (\(id + 100), \(name + "'s shadow"))")
                        try tx.execute("INSERT INTO things (id, name, amount) VALUES (\(id), \(name), \(amount))")
                    }
                    return nil
                } catch {
                    return error as? SQLError
                }
            }
            #expect(await insert(1, "one", 1) == nil)
            let refusals = [await insert(2, "one", 1), await insert(3, "three", -1), await insert(4, "four\0", 1)]
                .map { $0.map { "\($0)" } ?? "done" }
            #expect(refusals[0].hasPrefix("unique constraint failed: things_name_key"))
            #expect(refusals[1].hasPrefix("check constraint failed: things_amount_check"))
            #expect(refusals[2].contains("U+0000"))
            let count = try await database.read { tx in try tx.query("SELECT id FROM things").count }
            #expect(count == 2)
            await #expect(throws: SQLError.self) {
                _ = try await database.read { tx in try tx.execute("DELETE FROM things") }
            }
        }
    }

    @Test func aDeadlockIsRunAgain() async throws {
        try await withThings { database in
            try await database.write { tx in
                _ = try tx.execute("INSERT INTO things (id, name) VALUES (1, 'a'), (2, 'b')")
            }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in 0..<6 {
                    let order = number.isMultiple(of: 2) ? [1, 2] : [2, 1]
                    tasks.addTask {
                        try await database.write { tx in
                            for id in order {
                                try tx.execute("UPDATE things SET amount = amount + 1 WHERE id = \(id)")
                                _ = try tx.query("SELECT pg_sleep(0.01)")
                            }
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            let amounts = try await database.read { tx in
                try tx.query("SELECT amount FROM things").map { try $0.int("amount") }
            }
            #expect(amounts == [6, 6])
        }
    }

    /// Timeouts of requests do not apply to the migration of a large shop, nor to processes that wait for it.
    @Test func migrationsHaveNoStatementTimeout() async throws {
        let server = try #require(TestServer.postgres)
        try await server.withSchema { database in
            let schema = try await database.read { tx in try tx.first("SELECT current_schema() AS name") }
            var settings = server.settings(schema: try #require(try schema?.string("name")))
            (settings.statementTimeout, settings.lockTimeout) = (.milliseconds(100), .milliseconds(50))
            let hasty = PostgresDatabase(settings)
            let slow = Migration("slow") { _ in "SELECT pg_sleep(1)" }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<2 { tasks.addTask { try await hasty.migrate([slow]) } }
                try await tasks.waitForAll()
            }
            await #expect(throws: SQLError.self) {
                try await hasty.write { tx in _ = try tx.query("SELECT pg_sleep(1)") }
            }
            // A migration does not wait for a table that running services use: later statements would queue behind it.
            try await database.write { tx in try tx.run(unsafeScript: "CREATE TABLE busy (id bigint)") }
            let service = Task {
                try await database.write { tx in
                    try tx.run(unsafeScript: "LOCK TABLE busy")
                    _ = try tx.query("SELECT pg_sleep(20)")
                }
            }
            let taken: SQLStatement =
                "SELECT 1 AS one FROM pg_locks WHERE relation = 'busy'::regclass AND granted AND mode LIKE 'AccessE%'"
            while try await database.read({ tx in try tx.first(taken) }) == nil { await Task.yield() }
            let change = Migration("change") { _ in "ALTER TABLE busy ADD COLUMN name text" }
            await #expect(throws: SQLError.self) { try await hasty.migrate([slow, change]) }
            service.cancel()
            _ = await service.result
            try await hasty.migrate([slow, change])
            hasty.close()
        }
    }

    @Test func manySchemaMigrationsAtOnceMakeOneSchema() async throws {
        try await #require(TestServer.postgres).withSchema { database in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<8 { tasks.addTask { try await database.migrate([Self.things]) } }
                try await tasks.waitForAll()
            }
            await #expect(throws: MigrationError.self) { try await database.migrate([]) }
        }
    }

    @Test func bodiesRunInTheCallersContext() async throws {
        try await withThings { database in
            let name = try await CallContext(principal: .system("importer")).run {
                try await database.write { _ in CallContext.current.principal.name }
            }
            #expect(name == "system:importer")
        }
    }
}
