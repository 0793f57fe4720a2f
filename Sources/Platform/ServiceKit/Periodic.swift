package import Logging
import ServiceLifecycle

/// Work that is repeated until the process stops. A round that fails is logged and tried again after 1, 2,
/// 4 … 30 seconds, whatever the interval is.
package struct Periodic: Service {
    private let interval: Duration
    private let name: String
    private let signal: Signal?
    private let logger: Logger
    private let body: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - interval: From the end of one round to the start of the next.
    ///   - name: What the log calls this work.
    ///   - signal: Begins the next round early; not after a failure.
    package init(
        every interval: Duration, _ name: String, wokenBy signal: Signal? = nil, logger: Logger,
        body: @escaping @Sendable () async throws -> Void
    ) {
        self.interval = interval
        self.name = name
        self.signal = signal
        self.logger = logger
        self.body = body
    }

    package func run() async throws { await cancelWhenGracefulShutdown { await repeatUntilCancelled() } }

    /// The loop of ``run()``, for a service that ends it together with other work of its own.
    package func repeatUntilCancelled() async {
        var failures = 0
        while !Task.isCancelled {
            let seen = signal?.count ?? 0
            do {
                try await body()
                failures = 0
            } catch {
                if Task.isCancelled { return }
                failures += 1
                logger.warning(
                    "Background work failed; trying again",
                    metadata: ["work": "\(name)", "attempt": "\(failures)", "error": "\(error)"])
            }
            // The interval; longer while rounds fail, so that an unavailable backend is not called all the time.
            if let signal, failures == 0 {
                await signal.wait(after: seen, for: interval)
            } else {
                try? await Task.sleep(for: failures == 0 ? interval : Self.pause(after: failures))
            }
        }
    }

    static func pause(after failures: Int) -> Duration { .seconds(min(1 << min(failures - 1, 5), 30)) }
}
