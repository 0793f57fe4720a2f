package import SQL
import ServiceKit
import Synchronization

/// A service's schema in a PostgreSQL database.
///
/// Writes run at READ COMMITTED: rows that decide something are locked by the statement that reads or changes them.
/// Serialization failures and deadlocks are run again; reads see one snapshot.
package final class PostgresDatabase: Database {
    package let dialect = SQLDialect.postgresql
    package let channels = Channels()
    private let pool: PostgresPool
    /// Each deadlock lets one of its transactions go on, so a process with eight sessions defeats one of its own seven
    /// times at the most; the rest is for other processes.
    private let attempts = 10
    /// Why the server took no write, and when; nil since the last one that it took.
    private let refusal = Mutex<(reason: String, at: ContinuousClock.Instant)?>(nil)

    package init(_ settings: PostgresSettings) { pool = PostgresPool(settings) }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await transaction(.read, body)
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        do {
            let value = try await transaction(.write, body)
            refusal.withLock { $0 = nil }
            return value
        } catch SQLError.unwritable(let reason) {
            refusal.withLock { $0 = (reason, .now) }
            throw SQLError.unwritable(reason)
        }
    }

    /// Throws `SQLError.unwritable` when the server refused the last write for want of room, or as it only reads. After
    /// half a minute nothing is known any more: then somebody has to try.
    package func checkWrites() throws {
        guard let refusal = refusal.withLock({ $0 }), refusal.at.advanced(by: .seconds(30)) > .now else { return }
        throw SQLError.unwritable(refusal.reason)
    }

    /// Makes the service's schema when it is not there.
    package func createSchema() async throws {
        let schema = pool.settings.schema
        try await mapping {
            try await pool.withConnection { try $0.run("CREATE SCHEMA IF NOT EXISTS \"\(schema)\"") }
        }
    }

    /// Removes the schema with all it holds.
    package func dropSchema() async throws {
        let schema = pool.settings.schema
        try await mapping {
            try await pool.withConnection { try $0.run("DROP SCHEMA IF EXISTS \"\(schema)\" CASCADE") }
        }
    }

    package func close() { pool.close() }

    /// Closes sessions that nobody has used for long; call it now and then.
    package func closeIdleConnections() { pool.closeIdle() }

    private enum Kind: String {
        case read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case write = "BEGIN ISOLATION LEVEL READ COMMITTED"
    }

    private func transaction<Value: Sendable>(
        _ kind: Kind, _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        // Transactions run on the session's queue, where task-local values are absent: hand them over.
        let context = CallContext.current
        return try await mapping {
            var attempt = 1
            var mayAskAnew = true
            while true {
                do {
                    let (value, notices) = try await pool.withConnection { connection in
                        try Self.run(kind, on: connection) { tx in
                            try CallContext.$current.withValue(context) { try body(tx) }
                        }
                    }
                    channels.notify(notices)
                    return value
                } catch let stale as StaleConnection {
                    pool.retire(stale.generation)
                    if attempt == attempts { throw stale }
                } catch let refused as ReadOnlySession {
                    // Nothing has happened, and the server may take writes again: a new session says.
                    guard mayAskAnew, pool.retire(refused.generation, pause: .seconds(1)) else { throw refused.failure }
                    mayAskAnew = false
                } catch let failure as PostgresFailure where failure.isRetryable && attempt < attempts {
                    let pause = Double.random(in: 0.5...1.5) * 0.005 * Double(1 << min(attempt, 6))
                    try await Task.sleep(for: .seconds(pause))  // Lets the other transaction finish.
                }
                attempt += 1
            }
        }
    }

    /// The session had died while it was idle: nothing has happened yet.
    private struct StaleConnection: Error {
        var failure: PostgresFailure
        var generation: Int
    }

    /// The session took no write, as it began while the server only read.
    private struct ReadOnlySession: Error {
        var failure: PostgresFailure
        var generation: Int
    }

    /// - Returns: Also the channels to notify.
    private static func run<Value>(
        _ kind: Kind, on connection: PostgresConnection, _ body: (any SQLTransaction) throws -> Value
    ) throws -> (Value, Set<Channel>) {
        do {
            try connection.run(kind.rawValue)
        } catch let failure as PostgresFailure where failure.endsSession {
            throw StaleConnection(failure: failure, generation: connection.generation)
        }
        do {
            let transaction = PostgresTransaction(connection: connection)
            let value = try body(transaction)
            try connection.run("COMMIT")
            return (value, transaction.notices.channels)
        } catch {
            // A session that cannot roll back is not used again.
            try? connection.run("ROLLBACK")
            if kind == .write, let failure = error as? PostgresFailure, failure.isReadOnly {
                throw ReadOnlySession(failure: failure, generation: connection.generation)
            }
            throw error
        }
    }

    private func mapping<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as PostgresFailure {
            if failure.isCancellation { try Task.checkCancellation() }
            throw failure.error
        } catch let stale as StaleConnection {
            throw stale.failure.error
        }
    }
}
