import Synchronization

/// Lets only so many tests use something at a time. A test that is in may use it again: it cannot wait for itself.
final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    @TaskLocal private static var isIn = false
    private let state: Mutex<State>

    init(places: Int) { state = Mutex(State(free: places)) }

    func use<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        if Self.isIn { return try await body() }
        await enter()
        defer { leave() }
        return try await Self.$isIn.withValue(true, operation: body)
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free == 0 {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}

/// Of the 400 sessions of `scripts/with-postgres` a test takes up to sixteen: four databases, four sessions each.
let schemas = Turnstile(places: 16)
