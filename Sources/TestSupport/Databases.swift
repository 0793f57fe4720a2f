package import EventLog
package import Foundation
import KeyValue
package import SQL
package import SQLiteDriver

/// Runs `body` on a new database with this schema, on real storage, and removes it afterwards: a SQLite file, or a schema
/// of the PostgreSQL server that `scripts/with-postgres` names.
@discardableResult
package func withDatabase<Value>(
    _ migrations: [Migration], isolation: isolated (any Actor)? = #isolation,
    _ body: (any Database) async throws -> Value
) async throws -> Value {
    guard let server = TestServer.postgres else { return try await withSQLiteDatabase(migrations, body) }
    return try await server.withSchema { database in
        try await database.migrate(migrations)
        return try await body(database)
    }
}

/// The same, always on a SQLite file: for tests of embedded storage.
@discardableResult
package func withSQLiteDatabase<Value>(
    _ migrations: [Migration], isolation: isolated (any Actor)? = #isolation,
    _ body: (SQLiteDatabase) async throws -> Value
) async throws -> Value {
    try await withTemporaryFolder { folder in
        let database = try await SQLiteDatabase.open(
            path: folder.appending(path: "test.sqlite").path)
        try await database.migrate(migrations)
        let value = try await body(database)
        try await database.checkIntegrity()
        try await database.close()
        return value
    }
}

/// Runs `body` on a new embedded event log.
@discardableResult
package func withEventLog<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (any EventLog) async throws -> Value
) async throws -> Value {
    try await withSQLiteDatabase(EmbeddedEventLog.migrations) { try await body(EmbeddedEventLog(database: $0)) }
}

/// Runs `body` on a new folder, removed afterwards.
@discardableResult
package func withTemporaryFolder<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: (URL) async throws -> Value
) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "magpie-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
