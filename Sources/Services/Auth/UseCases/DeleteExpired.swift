import Commerce
import SQL

/// Deletes what has expired: sessions, retired keys, old failures, turns, known networks and idempotency keys. Once an
/// hour is enough, because everything expired is ignored before it is deleted.
struct DeleteExpired: Sendable {
    let database: any Database
    let clock: WallClock

    func run() async throws {
        let now = clock.now()
        try await database.write { tx in
            try SessionTable.deleteExpired(at: now, in: tx)
            try SigningKeyTable.deleteExpired(at: now, in: tx)
            try LoginFailureTable.deleteExpired(at: now, in: tx)
            try LoginQueueTable.deleteExpired(at: now, in: tx)
            try KnownNetworkTable.deleteExpired(at: now, in: tx)
            try Idempotency.expire(at: now, in: tx)
        }
    }
}
