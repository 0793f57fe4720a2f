import Dispatch
import ServiceKit
import Synchronization

/// Where passwords are hashed: on two threads of its own, never on Swift's cooperative ones. A hash keeps a core busy
/// for about 0.2 s; on the cooperative pool, which has as many threads as there are cores, a few logins at once would
/// stop everything else in the process. Serial dispatch queues draw on libdispatch's overcommit pool, which is another
/// set of threads than the one Swift's executor uses, so the kernel shares the cores between both fairly. Two at once
/// also bounds the memory (16 MiB each).
///
/// The queue is bounded: a job is refused when it is full. Clients are served in turn, one job each, so a client that
/// sends many passwords at once does not delay the others.
package final class PasswordHashingQueue: Sendable {
    private typealias Job = @Sendable () -> Void
    private struct State: Sendable {
        /// Clients with jobs that wait; the first is served next.
        var turns: [String] = []
        var jobs: [String: [Job]] = [:]
        var waiting = 0
        var idle: [DispatchQueue]
    }
    private let state: Mutex<State>
    /// How many may wait.
    package let limit: Int
    private let limitPerClient: Int
    private let waitingChanged: @Sendable (Int) -> Void

    /// - Parameters:
    ///   - width: How many hashes are computed at once.
    ///   - limit: How many may wait; with two at 0.2 s, the last of 64 waits some 6 s.
    ///   - limitPerClient: How many of one client network may; nil for no such bound.
    ///   - waitingChanged: Is called with how many wait whenever that changes.
    package init(
        width: Int = 2, limit: Int = 64, limitPerClient: Int?,
        waitingChanged: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        state = Mutex(State(idle: (0..<width).map { DispatchQueue(label: "magpie.auth.hashing.\($0)") }))
        self.limit = limit
        self.limitPerClient = limitPerClient ?? limit
        self.waitingChanged = waitingChanged
    }

    /// Throws `unavailable` when too many wait, `rate_limited` when too many of the caller's network do, and
    /// `deadline_exceeded` when the caller's deadline passed before its turn.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let call = CallContext.current
        return try await withCheckedThrowingContinuation { continuation in
            do {
                try enqueue(for: call.clientNetwork ?? "") {
                    continuation.resume(
                        with: Result {
                            if let deadline = call.deadline, deadline < .now { throw ServiceError.deadlineExceeded }
                            return try work()
                        })
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// How many wait for their turn.
    package var waiting: Int { state.withLock { $0.waiting } }

    private func enqueue(for client: String, _ job: @escaping Job) throws(ServiceError) {
        let idle = try state.withLock { state throws(ServiceError) in
            let own = state.jobs[client]?.count ?? 0
            guard own < limitPerClient else { throw .rateLimited(retryAfter: .seconds(2)) }
            guard state.waiting < limit else { throw .unavailable("The account service") }
            if own == 0 { state.turns.append(client) }
            state.jobs[client, default: []].append(job)
            state.waiting += 1
            waitingChanged(state.waiting)
            return state.idle.popLast()
        }
        idle?.async { while let job = self.next(on: idle) { job() } }
    }

    /// The next job; without one the dispatch queue is idle from now on.
    private func next(on queue: DispatchQueue?) -> Job? {
        state.withLock { state in
            guard !state.turns.isEmpty else {
                if let queue { state.idle.append(queue) }
                return nil
            }
            let client = state.turns.removeFirst()
            let job = state.jobs[client]?.removeFirst()
            state.waiting -= 1
            waitingChanged(state.waiting)
            if state.jobs[client]?.isEmpty == false { state.turns.append(client) } else { state.jobs[client] = nil }
            return job
        }
    }
}
