import Dispatch
import Foundation
import GRDB
package import SQL
import ServiceKit

/// A service's database in one SQLite file: one writer that commits waiting transactions together, and a few readers.
package final class SQLiteDatabase: ServiceDatabase {
    package let dialect = SQLDialect.sqlite
    package let channels = Channels()
    private let pool: DatabasePool
    private let writer: GroupCommitWriter

    /// Opens the file, creating it when it is not there.
    ///
    /// - Parameters:
    ///   - path: The file; its folder must exist.
    ///   - readers: How many reads may run at once.
    /// - Throws: `SQLError.unavailable` when it cannot be opened.
    package static func open(path: String, readers: Int = 4) async throws -> SQLiteDatabase {
        try await blocking { try SQLiteDatabase(path: path, readers: readers) }
    }

    /// Waits up to ten seconds for a writer of another process, such as a long import. SQLite's own pause between retries
    /// grows to 100 ms, and a process that writes one transaction after the other would always take the lock first.
    static let frequentRetries = GRDB.Database.BusyMode.callback { attempts in
        usleep(500)
        return attempts < 20_000
    }

    private init(path: String, readers: Int) throws {
        var configuration = GRDB.Configuration()
        configuration.maximumReaderCount = readers
        configuration.foreignKeysEnabled = true
        configuration.busyMode = Self.frequentRetries
        configuration.prepareDatabase { connection in
            // Durable over power loss, not only over a crash of the process: https://sqlite.org/pragma.html#pragma_synchronous
            try connection.execute(
                sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -1024; PRAGMA temp_store = MEMORY")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw SQLError.unavailable((error as? DatabaseError)?.message ?? "\(error)")
        }
        writer = GroupCommitWriter(pool: pool, channels: channels)
    }

    package var poolState: PoolState { PoolState(idle: nil, used: nil, most: nil, waiting: writer.waiting) }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        do {
            let context = CallContext.current
            return try await pool.read { connection in
                try CallContext.$current.withValue(context) { try body(SQLiteTransaction(connection: connection)) }
            }
        } catch let error as DatabaseError {
            throw SQLError(error)
        }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        // The body runs on the writer's thread, where task-local values are absent.
        let context = CallContext.current
        return try await writer.perform { tx in try CallContext.$current.withValue(context) { try body(tx) } }
    }

    /// Throws unless SQLite finds the file intact.
    package func checkIntegrity() async throws {
        try await pool.read { connection in try Self.checkIntegrity(connection) }
    }

    /// The same for a file that no other process uses; leaves no files beside it.
    package static func checkIntegrity(ofFileAt path: String) throws {
        do {
            let file = try DatabaseQueue(path: path)
            try file.writeWithoutTransaction { connection in try checkIntegrity(connection) }
            try file.close()
        } catch let error as DatabaseError {
            throw SQLError(error)
        }
    }

    private static func checkIntegrity(_ connection: GRDB.Database) throws {
        let faults =
            try String.fetchAll(connection, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            + Row.fetchAll(connection, sql: "PRAGMA foreign_key_check").map { "foreign key: \($0)" }
        guard faults.isEmpty else { throw SQLError.other("integrity check: " + faults.joined(separator: "; ")) }
    }

    /// Moves the write-ahead log into the file, so that a copy of the file alone is complete, and closes it. While another
    /// process has the file open the log may stay: then that process moves it when it closes.
    package func close() async throws {
        try await Self.blocking { [self] in try closeAndWait() }
    }

    private func closeAndWait() throws {
        let checkpoint = Result { _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
        try pool.close()
        do {
            try checkpoint.get()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {}
    }

    /// Opening and closing wait for the disk, so they run on a thread of their own.
    private static func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "magpie.sqlite.open").async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
