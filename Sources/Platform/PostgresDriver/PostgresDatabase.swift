package import CoreMetrics
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
    /// Each deadlock aborts all but one of its transactions, so among the eight sessions of a process one transaction is
    /// aborted seven times at most; the rest is for other processes.
    private let attempts = 10
    /// Why the server refused a write, and when; nil after a write that succeeded.
    private let refusal = Mutex<(reason: String, at: ContinuousClock.Instant)?>(nil)

    /// - Parameter service: Whose database it is, for metrics; default: its schema's name.
    package init(
        _ settings: PostgresSettings, service: String? = nil, metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        pool = PostgresPool(settings, service: service ?? settings.schema, metrics: metrics)
    }

    package var poolState: PoolState { pool.poolState }

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

    /// Throws `SQLError.unwritable` when the server refused the last write for lack of disk space or because it is read-only.
    /// A refusal is reported for half a minute; after that only another write can tell.
    package func checkWrites() throws {
        guard let refusal = refusal.withLock({ $0 }), refusal.at.advanced(by: .seconds(30)) > .now else { return }
        throw SQLError.unwritable(refusal.reason)
    }

    /// Creates the service's schema unless it exists.
    package func createSchema() async throws {
        let schema = pool.settings.schema
        try await mapping {
            try await pool.withConnection { try $0.run("CREATE SCHEMA IF NOT EXISTS \"\(schema)\"") }
        }
    }

    /// Drops the schema with everything in it.
    package func dropSchema() async throws {
        let schema = pool.settings.schema
        try await mapping {
            try await pool.withConnection { try $0.run("DROP SCHEMA IF EXISTS \"\(schema)\" CASCADE") }
        }
    }

    package func close() { pool.close() }

    /// Closes sessions that were not used for long. To be called periodically.
    package func closeIdleConnections() { pool.closeIdle() }

    private enum Kind: String {
        case read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case write = "BEGIN ISOLATION LEVEL READ COMMITTED"
    }

    private func transaction<Value: Sendable>(
        _ kind: Kind, _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        // Transactions run on the session's queue, where task-local values are absent.
        let context = CallContext.current
        return try await mapping {
            var attempt = 1
            var mayReconnect = true
            while true {
                do {
                    let (value, notifications) = try await pool.withConnection { connection in
                        try Self.run(kind, on: connection) { tx in
                            try CallContext.$current.withValue(context) { try body(tx) }
                        }
                    }
                    channels.notify(notifications)
                    return value
                } catch let stale as StaleConnection {
                    pool.retire(stale.generation)
                    if attempt == attempts { throw stale }
                } catch let refused as ReadOnlySession {
                    // Nothing has happened, and the server may accept writes again: a new session finds out.
                    guard mayReconnect, pool.retire(refused.generation, pause: .seconds(1)) else {
                        throw refused.failure
                    }
                    mayReconnect = false
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

    /// The session accepts no writes: it began while the server was read-only.
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
            return (value, transaction.notifications.channels)
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
