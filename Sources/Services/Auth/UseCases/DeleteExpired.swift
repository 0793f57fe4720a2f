import Commerce
import SQL

/// Forgets what has ended: sessions, retired keys, old failures, places and idempotency keys. Once an hour is often
/// enough, for everything expired is ignored before it is deleted.
struct AuthJanitor: Sendable {
    let database: any Database
    let clock: WallClock

    func sweep() async throws {
        let now = clock.now()
        try await database.write { tx in
            try SessionTable.expire(at: now, in: tx)
            try SigningKeyTable.expire(at: now, in: tx)
            try LoginFailureTable.expire(at: now, in: tx)
            try LoginQueueTable.expire(at: now, in: tx)
            try KnownPlaceTable.expire(at: now, in: tx)
            try Idempotency.expire(at: now, in: tx)
        }
    }
}
