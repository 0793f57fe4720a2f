import Foundation
import SQL
import SQLiteDriver
import TestSupport
import Testing

@Suite struct SQLiteDatabaseTests {
    /// As a backup after a clean stop.
    @Test func aCopyOfTheFileAloneIsComplete() async throws {
        try await withTemporaryFolder { folder in
            let (path, copy) = (folder.appending(path: "a.sqlite"), folder.appending(path: "copy.sqlite"))
            let database = try await SQLiteDatabase.open(path: path.path)
            try await database.migrate([Migration("things") { _ in "CREATE TABLE things (name TEXT NOT NULL);" }])
            try await database.write { tx in _ = try tx.execute("INSERT INTO things (name) VALUES ('nest')") }
            // Another connection, as of a command: without it SQLite moves the log by itself.
            let other = try await SQLiteDatabase.open(path: path.path)
            _ = try await other.read { tx in try tx.query("SELECT name FROM things") }
            try await database.close()
            try FileManager.default.copyItem(at: path, to: copy)
            let restored = try await SQLiteDatabase.open(path: copy.path)
            let names = try await restored.read { tx in
                try tx.query("SELECT name FROM things").map { try $0.string("name") }
            }
            #expect(names == ["nest"])
            try await restored.close()
            try await other.close()
        }
    }
}
