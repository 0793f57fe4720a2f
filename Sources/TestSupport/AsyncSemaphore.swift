import Synchronization

/// A counting semaphore for tasks: at most so many run their body at a time. Re-entrant, so that a task cannot wait for
/// itself.
final class AsyncSemaphore: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    @TaskLocal private static var holdsPermit = false
    private let state: Mutex<State>

    init(permits: Int) { state = Mutex(State(free: permits)) }

    func use<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        if Self.holdsPermit { return try await body() }
        await acquire()
        defer { release() }
        return try await Self.$holdsPermit.withValue(true, operation: body)
    }

    private func acquire() async {
        await withCheckedContinuation { continuation in
            let isAcquired = state.withLock { state in
                if state.free == 0 {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isAcquired { continuation.resume() }
        }
    }

    private func release() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}

/// Of the 400 sessions of `scripts/with-postgres` a test takes up to sixteen: four databases, four sessions each.
let schemas = AsyncSemaphore(permits: 16)
