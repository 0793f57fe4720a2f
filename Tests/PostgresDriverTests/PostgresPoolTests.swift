import Foundation
import PostgresDriver
import SQL
import ServiceKit
import TestSupport
import Testing

/// What happens when there are too few sessions, slow statements, or no server.
@Suite(.enabled(if: TestServer.postgres != nil, "run it by scripts/with-postgres")) struct PostgresPoolTests {
    private func settings(_ change: (inout PostgresSettings) -> Void = { _ in }) throws -> PostgresSettings {
        var settings = try #require(TestServer.postgres).settings(schema: "public")
        change(&settings)
        return settings
    }

    private func failure(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func sessionsAreShared() async throws {
        let database = PostgresDatabase(try settings { $0.maximumConnections = 2 })
        let sessions = try await withThrowingTaskGroup(of: Int64.self) { tasks in
            for _ in 0..<50 {
                tasks.addTask {
                    try await database.read { tx in try tx.first("SELECT pg_backend_pid() AS pid")?.int64("pid") ?? 0 }
                }
            }
            return try await tasks.reduce(into: Set()) { $0.insert($1) }
        }
        #expect((1...2).contains(sessions.count))
        database.close()
    }

    @Test func waitingForASessionTimesOut() async throws {
        let database = PostgresDatabase(
            try settings {
                $0.maximumConnections = 1
                $0.acquireTimeout = .milliseconds(100)
            })
        async let slow: Void = database.read { tx in _ = try tx.query("SELECT pg_sleep(1)") }
        try await Task.sleep(for: .milliseconds(50))  // Until the slow one has the session.
        let refused = await failure { try await database.read { _ in } }
        #expect(refused?.contains("all 1 are in use") == true, "\(refused ?? "")")
        try await slow
        try await database.read { _ in }
        database.close()
    }

    @Test func slowStatementsAreStopped() async throws {
        let database = PostgresDatabase(try settings { $0.statementTimeout = .milliseconds(200) })
        let stopped = await failure { try await database.read { tx in _ = try tx.query("SELECT pg_sleep(20)") } }
        #expect(stopped?.hasPrefix("database unavailable") == true, "\(stopped ?? "")")
        try await database.read { _ in }
        database.close()
    }

    @Test func aCancelledCallerStopsItsStatement() async throws {
        let database = PostgresDatabase(try settings { $0.maximumConnections = 1 })
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                await #expect(throws: CancellationError.self) {
                    try await database.write { tx in _ = try tx.query("SELECT pg_sleep(20)") }
                }
            }
            try? await Task.sleep(for: .milliseconds(200))  // Until the statement runs.
            tasks.cancelAll()
        }
        #expect(start.duration(to: .now) < .seconds(5))
        let alive = try await database.read { tx in try tx.first("SELECT 1 AS one")?.int("one") }
        #expect(alive == 1)
        database.close()
    }

    /// Between two statements the server has nothing to stop.
    @Test func aCancelledCallersNextStatementIsNotRun() async throws {
        let database = PostgresDatabase(try settings { $0.maximumConnections = 1 })
        let start = ContinuousClock.now
        let (begun, hasBegun) = AsyncStream<Void>.makeStream()
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                await #expect(throws: CancellationError.self) {
                    try await database.write { tx in
                        hasBegun.yield()
                        Thread.sleep(forTimeInterval: 0.2)  // The cancellation comes here.
                        _ = try tx.query("SELECT pg_sleep(20)")
                    }
                }
                hasBegun.finish()
            }
            for await _ in begun { break }
            tasks.cancelAll()
        }
        #expect(start.duration(to: .now) < .seconds(5))
        database.close()
    }

    /// The cancellation of one caller arrives when another has its session already.
    @Test func aLateCancellationStopsNoOtherCaller() async throws {
        let database = PostgresDatabase(try settings { $0.maximumConnections = 1 })
        for _ in 0..<5 {
            let (begun, hasBegun) = AsyncStream<Void>.makeStream()
            // Their priority is not that of the work which delays the cancellation.
            let hasty = Task(priority: .high) {
                try await database.read { _ in
                    hasBegun.finish()
                    Thread.sleep(forTimeInterval: 0.02)  // The cancellation is requested here.
                }
            }
            for await _ in begun {}
            let innocent = Task(priority: .high) {
                try await database.read { tx in
                    for _ in 0..<20 { _ = try tx.query("SELECT pg_sleep(0.01)") }
                }
            }
            for _ in 0..<8 { DispatchQueue.global().async { Thread.sleep(forTimeInterval: 0.03) } }
            hasty.cancel()
            try await innocent.value
            _ = await hasty.result
        }
        database.close()
    }

    /// The server is stalled: it neither responds nor handles a cancellation.
    @Test func aStalledSessionIsAbortedSoonAfterTheDeadline() async throws {
        let database = PostgresDatabase(try settings { $0.maximumConnections = 1 })
        let session = try await database.read { tx in try tx.first("SELECT pg_backend_pid() AS pid")?.int("pid") ?? 0 }
        try #require(kill(pid_t(session), SIGSTOP) == 0, "only the server's user, or root, may stop it")
        defer { kill(pid_t(session), SIGCONT) }
        let start = ContinuousClock.now
        let failed = await failure {
            try await withDeadline(.now + .milliseconds(500)) {
                try await database.read { tx in _ = try tx.query("SELECT 1 AS one") }
            }
        }
        #expect(failed?.contains("deadline_exceeded") == true, "\(failed ?? "")")
        #expect(start.duration(to: .now) < .seconds(8))
        let next = try await database.read { tx in try tx.first("SELECT pg_backend_pid() AS pid")?.int("pid") }
        #expect(next != session)
        database.close()
    }

    @Test func aSessionTheServerEndedIsReplaced() async throws {
        let database = PostgresDatabase(try settings())
        let other = PostgresDatabase(try settings())
        for _ in 0..<5 {
            let pid = try await database.read { tx in try tx.first("SELECT pg_backend_pid() AS pid")?.int64("pid") ?? 0
            }
            try await other.write { tx in _ = try tx.query("SELECT pg_terminate_backend(\(pid)::int)") }
            let next = try await database.read { tx in try tx.first("SELECT pg_backend_pid() AS pid")?.int64("pid") }
            #expect(next != pid)
        }
        database.close()
        other.close()
    }

    /// A failover as a client sees it: the server is read-only for a while, and sessions of that time stay read-only.
    @Test func sessionsFromWhileTheServerWasReadOnlyAreReplaced() async throws {
        let server = try #require(TestServer.postgres)
        let name = "failover_\(UInt32.random(in: 0...UInt32.max))"
        try server.psql("CREATE DATABASE \(name)")
        defer { _ = try? server.psql("DROP DATABASE \(name)") }
        let database = PostgresDatabase(
            PostgresSettings(
                host: server.host, port: server.port, user: "magpie", database: name, schema: "public"))
        try await database.write { tx in try tx.run(unsafeScript: "CREATE TABLE orders (id int)") }
        func place() async throws {
            try await database.write { tx in _ = try tx.execute("INSERT INTO orders VALUES (\(1))") }
        }
        try server.psql("ALTER DATABASE \(name) SET default_transaction_read_only = on")
        try server.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
        // All sessions of the pool begin while nothing can be written.
        for _ in 0..<3 {
            await withTaskGroup(of: String?.self) { tasks in
                for _ in 0..<8 { tasks.addTask { await self.failure { try await place() } } }
                for await refusal in tasks { #expect(refusal?.contains("read-only") == true, "\(refusal ?? "")") }
            }
        }
        #expect(throws: SQLError.self) { try database.checkWrites() }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<8 {
                tasks.addTask { try await database.read { tx in _ = try tx.query("SELECT pg_sleep(0.05)") } }
            }
            try await tasks.waitForAll()
        }
        // Reads continue on existing sessions.
        let session = try await database.read { tx in try tx.first("SELECT pg_backend_pid() AS pid")?.int64("pid") }
        _ = await failure { try await place() }
        let next = try await database.read { tx in try tx.first("SELECT pg_backend_pid() AS pid")?.int64("pid") }
        #expect(session == next)
        try server.psql("ALTER DATABASE \(name) RESET default_transaction_read_only")
        let deadline = ContinuousClock.now.advanced(by: .seconds(10))
        while await failure({ try await place() }) != nil, .now < deadline { await Task.yield() }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<16 { tasks.addTask { try await place() } }
            try await tasks.waitForAll()
        }
        try database.checkWrites()
        let count = try await database.read { tx in try tx.query("SELECT id FROM orders").count }
        #expect(count == 17)
        database.close()
    }

    @Test func ofSeveralServersTheOneThatAcceptsWritesIsUsed() async throws {
        let server = try #require(TestServer.postgres)
        let database = PostgresDatabase(
            PostgresSettings(
                hosts: [.init(name: "127.0.0.1", port: 9), .init(name: server.host, port: server.port)],
                user: "magpie", database: "postgres", schema: "public"))
        try await database.write { tx in _ = try tx.query("SELECT 1 AS one") }
        database.close()
        let readOnly = PostgresSettings(
            hosts: [.init(name: "127.0.0.1", port: 9), .init(name: "127.0.0.1", port: 10)], user: "magpie",
            database: "magpie", schema: "public")
        let reason = await failure { try await PostgresDatabase(readOnly).read { _ in } }
        #expect(reason?.contains("127.0.0.1:9,127.0.0.1:10 cannot be reached") == true, "\(reason ?? "")")
    }

    @Test func anUnreachableServerIsNamed() async throws {
        let nowhere = PostgresDatabase(
            PostgresSettings(host: "127.0.0.1", port: 9, user: "magpie", database: "magpie", schema: "orders"))
        let reason = await failure { try await nowhere.read { _ in } }
        #expect(reason?.contains("PostgreSQL at 127.0.0.1:9 cannot be reached") == true, "\(reason ?? "")")
        let absent = PostgresDatabase(try settings { $0.database = "no_such_database" })
        let other = await failure { try await absent.read { _ in } }
        #expect(other?.contains("no_such_database") == true, "\(other ?? "")")
        #expect(other?.contains("secret") != true)
    }
}
