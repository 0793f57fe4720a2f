package import Logging
import ServiceLifecycle

/// Removes what has expired from an embedded store, every ten minutes.
package struct ExpirySweeper: Service {
    private let store: EmbeddedKeyValueStore
    private let logger: Logger
    private let interval: Duration

    package init(store: EmbeddedKeyValueStore, logger: Logger, interval: Duration = .seconds(600)) {
        self.store = store
        self.logger = logger
        self.interval = interval
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await store.removeExpired()
                } catch {
                    logger.warning("Expired entries stay for now", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: interval)  // The sweeping interval.
            }
        }
    }
}
