import CoreMetrics
import Dispatch
import Logging
import SQL
import ServiceKit
import Synchronization

/// A service's sessions with the server: as many as are used, within bounds, each on a queue of its own.
final class PostgresPool: Sendable {
    private struct Idle {
        var connection: PostgresConnection
        var since: ContinuousClock.Instant
    }

    private struct State {
        /// The most recently used last, so that the others grow old.
        var idle: [Idle] = []
        var open = 0
        /// Grows when sessions turn out to be of a server that is unavailable or read-only.
        var generation = 0
        var retired: ContinuousClock.Instant?
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Turn, any Error>)] = []
        var nextID: UInt64 = 0
        var isClosed = false
    }

    /// What a caller gets: a session, or a slot to open one.
    private enum Turn {
        case use(PostgresConnection)
        case open
    }

    let settings: PostgresSettings
    private let state = Mutex(State())
    private let waits: any TimerHandler
    private let timeouts: any CounterHandler

    /// - Parameter service: Whose pool it is, for metrics.
    init(_ settings: PostgresSettings, service: String, metrics: any MetricsFactory) {
        self.settings = settings
        waits = DatabaseMetrics.waits.timer(service: service, [settings.schema], in: metrics)
        timeouts = DatabaseMetrics.timeouts.counter(service: service, [settings.schema], in: metrics)
    }

    var poolState: PoolState {
        state.withLock { state in
            PoolState(
                idle: state.idle.count, used: state.open - state.idle.count, most: settings.maximumConnections,
                waiting: state.waiting.count)
        }
    }

    /// Leases a session. Throws `SQLError.unavailable` when none becomes free in time.
    ///
    /// - Parameter body: Runs on the session's queue.
    func withConnection<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) throws -> Value
    ) async throws -> Value {
        let connection = try await acquire()
        do {
            let value = try await run(body, on: connection)
            release(connection)
            return value
        } catch {
            release(connection)
            throw error
        }
    }

    private func run<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresConnection) throws -> Value, on connection: PostgresConnection
    ) async throws -> Value {
        let lease = connection.beginLease()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                connection.queue.async {
                    let result = Result { try body(connection) }
                    connection.endLease()
                    continuation.resume(with: result)
                }
            }
        } onCancel: {
            // It blocks for a round trip, so it must not run on the cancelling thread.
            DispatchQueue.global().async { connection.cancel(lease) }
            // A server that is unavailable or stalled does not respond, and libpq would wait for the timeout of TCP.
            DispatchQueue.global().asyncAfter(deadline: .now() + 3) { connection.abort(lease) }
        }
    }

    private func acquire() async throws -> PostgresConnection {
        switch try await turn() {
        case .use(let connection): return connection
        case .open:
            do {
                return try await connect()
            } catch {
                releaseSlot()
                throw error
            }
        }
    }

    private func turn() async throws -> Turn {
        let start = ContinuousClock.now
        defer { waits.record(ContinuousClock.now - start) }
        if let turn = try state.withLock({ try immediateTurn(&$0) }) { return turn }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [settings, self] in
                try await Task.sleep(for: settings.acquireTimeout)  // The deadline of the wait.
                expire(id)
            }
            defer { group.cancelAll() }
            return try await wait(as: id)
        }
    }

    private func immediateTurn(_ state: inout State) throws -> Turn? {
        if state.isClosed { throw SQLError.unavailable("the database is closed") }
        if let idle = state.idle.popLast() { return .use(idle.connection) }
        guard state.open < settings.maximumConnections else { return nil }
        state.open += 1
        return .open
    }

    private func wait(as id: UInt64) async throws -> Turn {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let turn: Result<Turn, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    do {
                        if let turn = try immediateTurn(&state) { return .success(turn) }
                    } catch {
                        return .failure(error)
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let turn { continuation.resume(with: turn) }
            }
        } onCancel: {
            guard let waiter = take(id) else { return }
            timeouts.increment(by: 1)  // Its caller's deadline has passed, or nobody waits for the answer.
            waiter.resume(throwing: CancellationError())
        }
    }

    private func expire(_ id: UInt64) {
        guard let waiter = take(id) else { return }
        timeouts.increment(by: 1)
        waiter.resume(
            throwing: SQLError.unavailable(
                "no connection to PostgreSQL was free within \(settings.acquireTimeout): all "
                    + "\(settings.maximumConnections) are in use"))
    }

    private func take(_ id: UInt64) -> CheckedContinuation<Turn, any Error>? {
        state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
        }
    }

    private func connect() async throws -> PostgresConnection {
        let queue = DispatchQueue(label: "magpie.postgres.\(settings.schema)")
        let generation = state.withLock(\.generation)
        return try await withCheckedThrowingContinuation { [settings] continuation in
            queue.async {
                continuation.resume(
                    with: Result { try PostgresConnection(settings, generation: generation, on: queue) }.mapError {
                        error in
                        let reason = (error as? PostgresFailure)?.message ?? "\(error)"
                        return SQLError.unavailable(
                            "PostgreSQL at \(settings.address) cannot be reached: \(reason)")
                    })
            }
        }
    }

    /// The next caller gets the session, or a slot to open one in place of a broken one.
    private func release(_ connection: PostgresConnection) {
        guard connection.isUsable, state.withLock({ $0.generation == connection.generation }) else {
            connection.queue.async { _ = connection }  // Freed there.
            return releaseSlot()
        }
        let next = state.withLock { state -> CheckedContinuation<Turn, any Error>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
            if state.isClosed {
                state.open -= 1
            } else {
                state.idle.append(Idle(connection: connection, since: .now))
            }
            return nil
        }
        next?.resume(returning: .use(connection))
    }

    private func releaseSlot() {
        let next = state.withLock { state -> CheckedContinuation<Turn, any Error>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
            state.open -= 1
            return nil
        }
        next?.resume(returning: .open)
    }

    /// Closes sessions that were not used for long, down to the minimum.
    func closeIdle(at now: ContinuousClock.Instant = .now) {
        let closing = state.withLock { state -> [Idle] in
            let spare = max(0, state.open - settings.minimumConnections)
            let old = state.idle.prefix { $0.since.advanced(by: settings.idleTime) <= now }.prefix(spare)
            state.idle.removeFirst(old.count)
            state.open -= old.count
            return Array(old)
        }
        for idle in closing { idle.connection.queue.async { _ = idle.connection } }  // Freed there.
    }

    /// Sessions of this generation or an older one are not leased again: they may be of a server that is unavailable or
    /// read-only. Those in use are closed when they are released.
    ///
    /// - Parameter pause: Sessions are not retired again within this time: while the server keeps refusing, not every caller
    ///   reconnects.
    /// - Returns: Whether the next session is of a newer generation.
    @discardableResult
    func retire(_ generation: Int, pause: Duration = .zero, at now: ContinuousClock.Instant = .now) -> Bool {
        let (isNewer, isFirst) = state.withLock { state in
            guard state.generation == generation else { return (true, false) }
            if let last = state.retired, now < last.advanced(by: pause) { return (false, false) }
            state.generation += 1
            state.retired = now
            return (true, true)
        }
        if isFirst { dropIdle() }
        return isNewer
    }

    private func dropIdle() {
        let dropped = state.withLock { state -> [Idle] in
            let idle = state.idle
            state.idle = []
            state.open -= idle.count
            return idle
        }
        for idle in dropped { idle.connection.queue.async { _ = idle.connection } }
    }

    /// No session is leased any more; those in use are closed when they are released.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            let waiting = state.waiting
            state.waiting = []
            return waiting
        }
        for waiter in waiting { waiter.continuation.resume(throwing: SQLError.unavailable("the database is closed")) }
        dropIdle()
    }
}
