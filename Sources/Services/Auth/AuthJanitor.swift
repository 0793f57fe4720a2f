import Commerce
import Logging
import SQL
import ServiceLifecycle

/// Forgets what has ended: sessions, retired keys, old failures and old idempotency keys. Once an hour is often
/// enough, for everything expired is ignored before it is deleted.
struct AuthJanitor: Service {
    let database: any Database
    let clock: WallClock
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await sweep()
                } catch {
                    logger.warning("Expired sessions could not be deleted", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(3_600))  // The interval of the sweep.
            }
        }
    }

    func sweep() async throws {
        let now = clock.now()
        try await database.write { tx in
            try SessionTable.expire(at: now, in: tx)
            try SigningKeyTable.expire(at: now, in: tx)
            try LoginFailureTable.expire(at: now, in: tx)
            try Idempotency.expire(at: now, in: tx)
        }
    }
}
