import SQL
import SQLiteDriver
import ServiceKit
import TestSupport
import Testing

@Suite struct DatabaseTests {
    static let schema = [
        Migration("0001_counters") { dialect in
            "CREATE TABLE counters (name TEXT PRIMARY KEY, value \(dialect.int64) NOT NULL CHECK (value >= 0)) \(dialect.strict);"
        }
    ]

    @Test func valuesAreBoundNeverSpliced() async throws {
        try await withDatabase(Self.schema) { database in
            let hostile = "x'); DROP TABLE counters; --"
            try await database.write { tx in
                _ = try tx.execute("INSERT INTO counters (name, value) VALUES (\(hostile), \(1))")
            }
            let names = try await database.read { tx in
                try tx.query("SELECT name FROM counters").map { try $0.string("name") }
            }
            #expect(names == [hostile])
        }
    }

    @Test func fragmentsKeepTheirBindsInOrder() {
        let condition: SQLStatement = "a = \(1) AND b IN \(in: [2, 3])"
        let statement: SQLStatement = "SELECT * FROM t WHERE z = \(0) AND \(condition) LIMIT \(9)"
        #expect(statement.text == "SELECT * FROM t WHERE z = $1 AND a = $2 AND b IN ($3, $4) LIMIT $5")
        #expect(statement.binds == [0, 1, 2, 3, 9].map { .integer($0) })
    }

    /// A connection keeps prepared statements for ever: a client's filters must not decide how many.
    @Test func statementsOfChangingTextsAreNotKept() async throws {
        try await withSQLiteDatabase(Self.schema) { database in
            let kept = try await database.write { tx in
                for length in 1...200 {
                    let names = (1...length).map { "c\($0)" }
                    let condition: SQLStatement = "name IN \(in: names)"
                    _ = try tx.query("SELECT value FROM counters WHERE \(condition)")
                    try tx.execute("DELETE FROM counters WHERE name IN \(in: names)")
                    _ = try tx.query("SELECT value FROM counters WHERE name = \("c\(length)")")
                }
                return try tx.first("SELECT COUNT(*) AS n FROM sqlite_stmt WHERE sql LIKE \("%counters%")")?.int("n")
            }
            #expect(kept == 1)
        }
    }

    /// Group commit must not let one caller's failure touch another's work.
    @Test func aFailedBodyUndoesOnlyItself() async throws {
        struct Refused: Error {}
        try await withDatabase(Self.schema) { database in
            await withTaskGroup(of: Void.self) { tasks in
                for number in 0..<100 {
                    tasks.addTask {
                        try? await database.write { tx in
                            try tx.execute("INSERT INTO counters (name, value) VALUES (\("c\(number)"), \(number))")
                            if number.isMultiple(of: 2) { throw Refused() }
                        }
                    }
                }
            }
            let count = try await database.read { tx in try tx.first("SELECT COUNT(*) AS n FROM counters")?.int("n") }
            #expect(count == 50)
        }
    }

    @Test func aTransactionNotifiesOnceItIsDurable() async throws {
        struct Refused: Error {}
        try await withDatabase(Self.schema) { database in
            let channel = Channel("test")
            let signal = database.channels[channel]
            try? await database.write { tx in
                tx.notify(channel)
                throw Refused()
            }
            #expect(signal.count == 0)
            try await database.write { tx in
                tx.notify(channel)
                tx.notify(channel)
            }
            #expect(signal.count == 1)
            try await database.write { _ in }
            #expect(signal.count == 1)
        }
    }

    /// SQLite itself rolls the whole transaction back when the disk is full: every caller whose write is lost gets an error
    /// that allows a retry, and nothing of it remains.
    @Test func aFullDiskIsAnOutageForEveryCallerItRolledBack() async throws {
        try await withSQLiteDatabase(Self.schema) { database in
            try await database.write { tx in try tx.run(unsafeScript: "PRAGMA max_page_count = 20") }
            let results = await withTaskGroup(of: Result<Void, any Error>.self) { tasks in
                for number in 0..<60 {
                    let name = "c\(number)" + (number == 30 ? String(repeating: "x", count: 200_000) : "")
                    tasks.addTask {
                        do {
                            try await database.write { tx in
                                _ = try tx.execute("INSERT INTO counters (name, value) VALUES (\(name), 1)")
                            }
                            return .success(())
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            }
            var done = 0
            for result in results {
                switch result {
                case .success: done += 1
                case .failure(let error as SQLError) where error.isOutage: break
                case .failure(let error): Issue.record(error)
                }
            }
            #expect(done < 60)
            try await database.write { tx in try tx.run(unsafeScript: "PRAGMA max_page_count = 1000000") }
            let count = try await database.read { tx in try tx.first("SELECT COUNT(*) AS n FROM counters")?.int("n") }
            #expect(count == done)
        }
    }

    @Test func concurrentIncrementsAreAllCounted() async throws {
        try await withDatabase(Self.schema) { database in
            try await database.write { tx in
                _ = try tx.execute("INSERT INTO counters (name, value) VALUES ('hits', 0)")
            }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<200 {
                    tasks.addTask {
                        try await database.write { tx in
                            let row = try tx.first(
                                "SELECT value FROM counters WHERE name = 'hits' \(unsafeSQL: tx.dialect.forUpdate)")
                            let value = try row?.int("value") ?? 0
                            try tx.execute("UPDATE counters SET value = \(value + 1) WHERE name = 'hits'")
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            let value = try await database.read { tx in try tx.first("SELECT value FROM counters")?.int("value") }
            #expect(value == 200)
        }
    }

    @Test func constraintsHaveTheirOwnErrors() async throws {
        try await withDatabase(Self.schema) { database in
            try await database.write { tx in
                _ = try tx.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
            }
            let twice = await #expect(throws: SQLError.self) {
                try await database.write { tx in _ = try tx.execute("INSERT INTO counters VALUES ('a', 1)") }
            }
            let negative = await #expect(throws: SQLError.self) {
                try await database.write { tx in _ = try tx.execute("UPDATE counters SET value = -1") }
            }
            guard case .unique(let key) = twice, case .check(let check) = negative else {
                Issue.record("\(String(describing: twice)), \(String(describing: negative))")
                return
            }
            // The texts differ by engine, but name the table.
            #expect(key.contains("counters") && check.contains("value"))
        }
    }

    @Test func bodiesSeeTheCallersContext() async throws {
        try await withDatabase(Self.schema) { database in
            let names = try await CallContext(principal: .system("test")).run {
                [
                    try await database.read { _ in CallContext.current.principal.name },
                    try await database.write { _ in CallContext.current.principal.name },
                ]
            }
            #expect(names == ["system:test", "system:test"])
        }
    }

    @Test func readsCannotWrite() async throws {
        try await withDatabase(Self.schema) { database in
            await #expect(throws: SQLError.self) {
                try await database.read { tx in _ = try tx.execute("DELETE FROM counters") }
            }
        }
    }

    @Test func aNewerSchemaIsRefused() async throws {
        try await withDatabase(Self.schema + [Migration("0002_future") { _ in "CREATE TABLE future (x TEXT)" }]) {
            database in
            await #expect(throws: MigrationError.self) { try await database.migrate(Self.schema) }
        }
    }
}
