import Commerce
import SQL

/// Queues every abandoned mail again, for an operator who has removed the cause.
struct RetryFailedMails: Sendable {
    let database: any Database
    let clock: WallClock

    /// - Returns: How many.
    func run() async throws -> Int {
        let now = clock.now()
        return try await database.write { tx in try MessageTable.retryFailed(at: now, in: tx) }
    }
}
