import Commerce
import EventLog
import SQL

/// Deletes old visits, and the notes of events that the log no longer has.
struct DeleteExpiredVisits: Sendable {
    let database: any Database
    let clock: WallClock

    /// How far back visits are kept: a year to compare with, and a month more.
    private static let retention = Duration.seconds(400 * 86_400)

    func run() async throws {
        let now = clock.now()
        try await database.write { tx in
            try SessionStore.expire(before: now.advanced(by: .zero - Self.retention), in: tx)
            try Inbox.expire(at: now, in: tx)
        }
    }
}
