import Logging
import ServiceLifecycle

/// Gives the stock of expired reservations back, every second.
struct ReservationJanitor: ServiceLifecycle.Service {
    let service: ProductService
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var round = 0
            while !Task.isCancelled {
                do {
                    let released = try await service.releaseExpired()
                    if released > 0 {
                        logger.info(
                            "Expired reservations were released", metadata: ["reservation.count": "\(released)"])
                    }
                    if round % 600 == 0 { try await service.forgetOldKeys() }
                    round += 1
                    try await Task.sleep(for: .seconds(1))  // The interval of the loop.
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("Reservations could not be looked after", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(5))  // The database is away.
                }
            }
        }
    }
}
