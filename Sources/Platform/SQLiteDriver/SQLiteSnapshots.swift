import Foundation
import GRDB
import SQL

/// Several SQLite files as they were at one instant, whatever processes write to them.
///
/// For a moment all files are locked against writers at once, and a read transaction begins on each. Writers wait for that
/// moment, readers never. No other code may hold the lock of one file while it waits for another, unless it takes them in
/// the same order.
package final class SQLiteSnapshots {
    private let sources: [(path: String, connection: DatabaseQueue)]

    /// - Parameters:
    ///   - paths: The files, in the order in which they are locked.
    ///   - meanwhile: Runs while all of them are locked against writers.
    /// - Throws: `SQLError`; `unavailable` when a file stays locked for ten seconds.
    package init(of paths: [String], meanwhile: () throws -> Void) throws {
        sources = try Self.mapping { try paths.map { ($0, try Self.connection(to: $0)) } }
        try Self.mapping {
            let locks = try paths.map(Self.connection)
            defer { for lock in locks { try? lock.close() } }
            for lock in locks { try lock.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") } }
            for source in sources {
                try source.connection.writeWithoutTransaction { connection in
                    try connection.execute(sql: "BEGIN")
                    // The snapshot begins with the first read.
                    _ = try Int.fetchOne(connection, sql: "SELECT COUNT(*) FROM sqlite_master")
                }
            }
            try meanwhile()
            for lock in locks { try lock.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
        }
    }

    deinit {
        for source in sources { try? source.connection.close() }
    }

    /// Bytes.
    package func size() throws -> Int {
        try Self.mapping {
            try sources.reduce(0) { size, source in
                try size
                    + source.connection.writeWithoutTransaction { connection in
                        try Self.pageSize(connection)
                            * (Int.fetchOne(connection, sql: "SELECT page_count FROM pragma_page_count") ?? 0)
                    }
            }
        }
    }

    /// Writes each file under its name into the folder, durable on return.
    ///
    /// - Parameter copied: Gets the number of bytes of every step.
    package func copy(into folder: String, copied: (Int) -> Void) throws {
        // GRDB declares the closure as escaping, but does not keep it after the call.
        try withoutActuallyEscaping(copied) { copied in
            try Self.mapping {
                for source in sources {
                    let name = URL(filePath: source.path).lastPathComponent
                    let target = try DatabaseQueue(path: "\(folder)/\(name)")
                    try source.connection.writeWithoutTransaction { connection in
                        try Self.copy(connection, to: target, copied)
                    }
                    try target.close()
                }
            }
        }
    }

    private static func copy(
        _ source: GRDB.Database, to target: DatabaseQueue, _ copied: @escaping (Int) -> Void
    ) throws {
        let pageSize = try pageSize(source)
        var done = 0
        try target.writeWithoutTransaction { target in
            try source.backup(to: target, pagesPerStep: 256) { progress in
                copied((progress.completedPageCount - done) * pageSize)
                done = progress.completedPageCount
            }
        }
    }

    private static func pageSize(_ connection: GRDB.Database) throws -> Int {
        try Int.fetchOne(connection, sql: "SELECT page_size FROM pragma_page_size") ?? 0
    }

    private static func connection(to path: String) throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        // A transaction stays open from one access to the next.
        configuration.allowsUnsafeTransactions = true
        // A busy writer unlocks its file for an instant only.
        configuration.busyMode = SQLiteDatabase.frequentRetries
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func mapping<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw SQLError(error)
        }
    }
}
