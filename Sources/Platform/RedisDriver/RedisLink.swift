import Dispatch
import Logging
import ServiceKit
import Synchronization

/// One connection with the queue of its commands: those that wait are written together, and their replies read in order,
/// before the next batch is written.
final class RedisLink: Sendable {
    static let unavailable = ServiceError.unavailable("Redis")

    private let settings: RedisSettings
    private let logger: Logger
    private let queue = DispatchQueue(label: "magpie.redis")
    private let state = Mutex(RedisLinkState())

    init(_ settings: RedisSettings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// - Returns: Why the command was refused; nil when it was accepted.
    func enqueue(_ command: RedisCommand) -> (any Error)? {
        switch state.withLock({ $0.admit(command, atMost: settings.maximumWaiting) }) {
        case .refused(let error): return error
        case .accepted(let startsWork):
            if startsWork { queue.async { self.work() } }
            watch()
            return nil
        }
    }

    /// Commands that were written still get their reply; those that wait fail.
    func close() {
        for command in state.withLock({ $0.close() }) { command.settle(.failure(Self.unavailable)) }
    }

    // MARK: On the queue

    private func work() {
        while state.withLock({ $0.hasWork() }) {
            do {
                exchange(over: try usableConnection())
            } catch {
                return suspend(error)
            }
        }
    }

    private func usableConnection() throws -> RedisConnection {
        if let connection = state.withLock({ $0.connection }), !connection.isStale { return connection }
        let fresh = try RedisConnection(settings)
        _ = state.withLock { $0.connect(fresh) }
        return fresh
    }

    private func exchange(over connection: RedisConnection) {
        let batch = state.withLock { $0.takeBatch() }
        guard let first = batch.first else { return }
        var settled = 0
        do {
            try connection.write(batch.reduce(into: []) { $0 += $1.bytes }, until: first.deadline)
            for command in batch {
                let reply = try connection.read(until: command.deadline)
                settled += 1
                command.settle(.success(reply))
                if case .error(let error) = reply, error.isOfFormerPrimary { state.withLock { $0.dropConnection() } }
            }
        } catch {
            lose(batch[settled...], error)
        }
    }

    /// It is unknown whether the server ran these: only those that are safe to repeat are sent again.
    private func lose(_ unanswered: ArraySlice<RedisCommand>, _ error: RedisConnectionFailure) {
        let now = ContinuousClock.now
        var (repeated, failed) = ([RedisCommand](), [RedisCommand]())
        for command in unanswered {
            if command.takeRepeat(at: now) { repeated.append(command) } else { failed.append(command) }
        }
        let isOpen = state.withLock { state in
            state.dropConnection()
            return state.putBack(repeated)
        }
        if !isOpen { failed += repeated }
        logger.warning(
            "The connection to Redis was lost",
            metadata: [
                LogKey.server: "\(settings)", LogKey.reason: "\(error.reason)", LogKey.failed: "\(failed.count)",
            ])
        for command in failed { command.settle(.failure(Self.unavailable)) }
        watch()
    }

    /// Calls fail at once from here on, while the link keeps trying to connect.
    private func suspend(_ error: any Error) {
        let outage: any Error = error is RedisConfigurationError ? error : Self.unavailable
        let (waiting, attempts, isClosed) = state.withLock { state in
            (state.suspend(outage), state.attempts, state.isClosed)
        }
        for command in waiting { command.settle(.failure(outage)) }
        if isClosed { return }
        logger.log(
            level: attempts == 1 ? .warning : .debug, "Redis cannot be reached; trying again",
            metadata: [
                LogKey.server: "\(settings)", LogKey.attempt: "\(attempts)",
                LogKey.reason: "\((error as? RedisConnectionFailure)?.reason ?? "\(error)")",
            ])
        queue.asyncAfter(deadline: .now() + Self.pause(after: attempts, random: .random(in: 0.5...1))) { [weak self] in
            self?.reconnect()
        }
    }

    private func reconnect() {
        if state.withLock({ $0.isClosed }) { return }
        do {
            let fresh = try RedisConnection(settings)
            guard state.withLock({ $0.connect(fresh) }) else { return }
            logger.notice("Redis is available again", metadata: [LogKey.server: "\(settings)"])
        } catch {
            suspend(error)
        }
    }

    /// In seconds: 0.05, 0.1, 0.2 … 2, times a random number so that many processes do not reconnect at once.
    static func pause(after attempts: Int, random: Double) -> Double {
        min(0.05 * Double(1 << min(attempts - 1, 10)), 2) * random
    }

    // MARK: Deadlines of waiting commands: the queue may be busy with a name lookup or a slow connection

    private func watch() {
        guard let deadline = state.withLock({ $0.beginWatch() }) else { return }
        let pause = max(.zero, ContinuousClock.now.duration(to: deadline)) / .seconds(1)
        DispatchQueue.global().asyncAfter(deadline: .now() + pause) { [weak self] in self?.expire() }
    }

    private func expire() {
        let expired = state.withLock { $0.takeExpired(at: .now) }
        for command in expired { command.settle(.failure(Self.unavailable)) }
        watch()
    }
}

private enum LogKey {
    static let server = "redis.server"
    static let reason = "redis.reason"
    static let attempt = "redis.attempt"
    static let failed = "redis.failed_commands"
}
