package import CoreMetrics
package import Logging
import ServiceKit
import Synchronization

/// A few connections to one Redis, shared by the process.
///
/// Connects with the first command. While Redis is unavailable, calls fail at once with
/// `ServiceError.unavailable("Redis")` and the client keeps trying to connect; a wrong password or database is a
/// `RedisConfigurationError`.
package final class RedisClient: Sendable {
    private let settings: RedisSettings
    private let links: [RedisLink]
    private let turn = Atomic<Int>(0)
    /// The names of the scripts on the server, by their source.
    private let digests = Mutex<[String: String]>([:])
    private let logger: Logger
    private let durations: MetricFamily<any TimerHandler>

    /// - Parameter service: The name of the process, for metrics.
    package init(
        _ settings: RedisSettings, service: String = "magpie", metrics: any MetricsFactory = MetricsSystem.factory,
        logger: Logger
    ) {
        self.settings = settings
        self.logger = logger
        durations = DatabaseMetrics.operations.timers(service: service, in: metrics)
        links = (0..<max(1, settings.connections)).map { _ in RedisLink(settings, logger: logger) }
    }

    deinit { close() }

    /// Sends one command. A cancelled caller returns at once, and then the command may or may not have run.
    ///
    /// Throws `RedisError` when the server refuses the command, `ServiceError.unavailable` when there is no reply:
    /// then too it may have run.
    ///
    /// - Parameter safeToRepeat: For reads: it is sent again when its connection broke.
    package func send(_ arguments: [RedisArgument], safeToRepeat: Bool = false) async throws -> RedisReply {
        let start = ContinuousClock.now
        let name = arguments.first.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        var errorType = "unavailable"
        defer { durations["redis", "", name, errorType].record(ContinuousClock.now - start) }
        // The command's name alone: keys and values may be a customer's.
        return try await CallContext.span(
            .client, name,
            ["db.system.name": "redis", "db.operation.name": .text(name), "server.address": .text(settings.host)]
        ) { _ in
            let reply = try await self.reply(to: arguments, safeToRepeat: safeToRepeat)
            guard case .error(let error) = reply else {
                errorType = ""
                return reply
            }
            guard error.isOutage else {
                errorType = "refused"
                throw error
            }
            logger.warning("Redis cannot serve a command", metadata: ["redis.reason": "\(error)"])
            throw RedisLink.unavailable
        }
    }

    private func reply(to arguments: [RedisArgument], safeToRepeat: Bool) async throws -> RedisReply {
        let command = RedisCommand(
            arguments, deadline: .now.advanced(by: settings.commandTimeout), isSafeToRepeat: safeToRepeat)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                command.wait(continuation)
                enqueue(command)
            }
        } onCancel: {
            command.settle(.failure(CancellationError()))
        }
    }

    /// Throws what any command would throw.
    package func ping() async throws { _ = try await send(["PING"], safeToRepeat: true) }

    /// Commands that wait fail, and so do later ones.
    package func close() { for link in links { link.close() } }

    private func enqueue(_ command: RedisCommand) {
        let first = turn.wrappingAdd(1, ordering: .relaxed).oldValue & Int.max
        var refusal: any Error = RedisLink.unavailable
        for offset in links.indices {
            guard let error = links[(first % links.count + offset) % links.count].enqueue(command) else { return }
            refusal = error
        }
        command.settle(.failure(refusal))
    }

    /// The name that the server gives a script, requested once.
    func digest(of script: RedisScript) async throws -> String {
        if let known = digests.withLock({ $0[script.source] }) { return known }
        let reply = try await send(["SCRIPT", "LOAD", RedisArgument(script.source)], safeToRepeat: true)
        let digest = reply.text ?? ""
        digests.withLock { $0[script.source] = digest }
        return digest
    }
}
