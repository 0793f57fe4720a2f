import Commerce
import Logging
import SQL
import ServiceLifecycle

/// Deletes mails that were dealt with long ago: they hold names and addresses.
struct MessageJanitor: Service {
    let database: any Database
    let retention: Duration
    let clock: WallClock
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let limit = clock.now().advanced(by: .zero - retention)
                    try await database.write { tx in try MessageTable.expire(before: limit, in: tx) }
                } catch {
                    logger.warning("Old mails could not be deleted", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(3_600))  // The interval of the sweep.
            }
        }
    }
}
