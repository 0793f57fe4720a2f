import Commerce
import SQL

/// Deletes old mails that are not queued: they hold names and addresses.
struct DeleteExpiredMails: Sendable {
    let database: any Database
    let retention: Duration
    let clock: WallClock

    func run() async throws {
        let limit = clock.now().advanced(by: .zero - retention)
        try await database.write { tx in try MessageTable.expire(before: limit, in: tx) }
    }
}
