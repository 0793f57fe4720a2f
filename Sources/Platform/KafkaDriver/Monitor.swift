import Synchronization

/// A value under a lock that one thread changes, and tasks that wait until it meets a condition, without blocking a thread.
final class Monitor<Value: Sendable>: Sendable {
    private struct Waiter {
        var deadline: ContinuousClock.Instant
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var value: Value
        var version: UInt64 = 0
        var waiters: [UInt64: Waiter] = [:]
        var nextID: UInt64 = 0
    }

    private let state: Mutex<State>

    init(_ value: Value) { state = Mutex(State(value: value)) }

    func read<Result>(_ body: (Value) -> sending Result) -> sending Result { state.withLock { body($0.value) } }

    /// Changes the value and lets the waiting tasks check it.
    @discardableResult
    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        let (result, waiters) = state.withLock { state in
            let result = body(&state.value)
            state.version += 1
            defer { state.waiters = [:] }
            return (result, state.waiters)
        }
        for waiter in waiters.values { waiter.continuation.resume() }
        return result
    }

    /// Returns when the condition holds, or at the deadline, which ``resumeExpiredWaiters()`` watches.
    func wait(until deadline: ContinuousClock.Instant, for condition: (Value) -> Bool) async throws {
        while true {
            let (holds, version) = state.withLock { (condition($0.value), $0.version) }
            if holds || ContinuousClock.now >= deadline { return }
            try await nextChange(after: version, until: deadline)
        }
    }

    /// To be called several times a second by the thread that changes the value.
    func resumeExpiredWaiters() {
        let late = state.withLock { state in
            guard !state.waiters.isEmpty else { return [Waiter]() }
            let now = ContinuousClock.now
            let late = state.waiters.filter { $0.value.deadline <= now }
            for id in late.keys { state.waiters[id] = nil }
            return Array(late.values)
        }
        for waiter in late { waiter.continuation.resume() }
    }

    private func nextChange(after version: UInt64, until deadline: ContinuousClock.Instant) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.version != version { return .success(()) }
                    state.waiters[id] = Waiter(deadline: deadline, continuation: continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }
}
