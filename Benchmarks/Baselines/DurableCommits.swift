import ArgumentParser
import Foundation
import GRDB

/// Commits one row after the other, each durable before the next.
struct DurableCommits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Counts durable SQLite commits (WAL, synchronous=FULL) a second from one writer.")

    @Option(help: "How many seconds to write.") var seconds = 5
    @Argument(help: "The folder of the database file.") var folder: String

    func run() async throws {
        let path = URL(filePath: folder).appending(path: "commits.sqlite").path
        var configuration = Configuration()
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        let pool = try DatabasePool(path: path, configuration: configuration)
        let commits = try await pool.writeWithoutTransaction { [seconds] connection in
            try connection.execute(sql: "CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")
            let body = String(repeating: "x", count: 500)
            let end = ContinuousClock.now.advanced(by: .seconds(seconds))
            var commits = 0
            while ContinuousClock.now < end {
                try connection.execute(sql: "INSERT INTO rows (body) VALUES (?)", arguments: [body])
                commits += 1
            }
            return commits
        }
        try pool.close()
        print(commits / seconds)
    }
}
