import Foundation
import SQL
import SQLiteDriver
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SQLiteSnapshotsTests {
    private static let schema = [
        Migration("steps") { _ in "CREATE TABLE steps (number INTEGER PRIMARY KEY, filler TEXT NOT NULL) STRICT;" }
    ]

    /// Each step is written to the first file, then to the second, then to the third, as an event goes from outbox to log
    /// to consumer. Copied one after the other, a later file is ahead of an earlier one.
    @Test func copiesAreOfOneInstantWhileOthersWrite() async throws {
        try await withTemporaryFolder { folder in
            let paths = ["a", "b", "c"].map { folder.appending(path: "\($0).sqlite").path }
            var opened: [SQLiteDatabase] = []
            for path in paths { opened.append(try await SQLiteDatabase.open(path: path)) }
            let databases = opened
            for database in databases { try await database.migrate(Self.schema) }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    let filler = String(repeating: "x", count: 20_000)
                    for number in 1... {
                        if Task.isCancelled { return }
                        for database in databases {
                            try await database.write { tx in
                                _ = try tx.execute("INSERT INTO steps (number, filler) VALUES (\(number), \(filler))")
                            }
                        }
                    }
                }
                for round in 1...10 {
                    let copy = folder.appending(path: "copy-\(round)")
                    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
                    // Locked in the order in which they are not written.
                    let snapshots = try SQLiteSnapshots(of: paths.reversed()) {}
                    try snapshots.copy(into: copy.path) { _ in }
                    let counts = try await Self.steps(in: copy)
                    #expect(counts == counts.sorted(by: >) && counts[0] - counts[2] <= 1, "\(counts)")
                }
                tasks.cancelAll()
            }
            for database in databases { try await database.close() }
        }
    }

    @Test func writersWaitForTheSnapshotOnly() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            let database = try await SQLiteDatabase.open(path: path)
            try await database.migrate(Self.schema)
            var copied = 0
            let snapshots = try SQLiteSnapshots(of: [path]) {}
            // Succeeds, and is not in the copy.
            try await database.write { tx in _ = try tx.execute("INSERT INTO steps (number, filler) VALUES (1, '')") }
            try snapshots.copy(into: try Self.inner(of: folder).path) { copied += $0 }
            #expect(try copied == snapshots.size() && copied > 0)
            #expect(try await Self.steps(in: Self.inner(of: folder), ["a"]) == [0])
            try await database.close()
        }
    }

    private static func inner(of folder: URL) throws -> URL {
        let inner = folder.appending(path: "copy")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        return inner
    }

    private static func steps(in folder: URL, _ names: [String] = ["a", "b", "c"]) async throws -> [Int] {
        var counts: [Int] = []
        for name in names {
            let database = try await SQLiteDatabase.open(path: folder.appending(path: "\(name).sqlite").path)
            try await database.checkIntegrity()
            let count = try await database.read { tx in try tx.first("SELECT COUNT(*) AS n FROM steps")?.int("n") }
            counts.append(count ?? -1)
            try await database.close()
        }
        return counts
    }
}
