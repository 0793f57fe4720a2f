import Foundation
import Synchronization

/// A thread of its own for a client whose calls block: it polls, and in between runs the work that tasks submit.
final class PollingThread: Sendable {
    private struct State {
        var work: [@Sendable () -> Void] = []
        var isStopping = false
        var hasEnded = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let wake: @Sendable () -> Void

    /// - Parameters:
    ///   - wake: Ends a step that waits.
    ///   - step: Polls once; waits a tenth of a second at the most.
    ///   - end: Runs last, on the same thread.
    init(
        _ name: String, wake: @escaping @Sendable () -> Void, step: @escaping @Sendable () -> Void,
        end: @escaping @Sendable () -> Void
    ) {
        self.wake = wake
        Thread.detachNewThread { [self] in
            Thread.current.name = name
            while doWork() { step() }
            end()
            let waiting = state.withLock { state in
                state.hasEnded = true
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
    }

    /// Runs `body` on the thread soon; not at all when the thread is stopping.
    @discardableResult
    func submit(_ body: @escaping @Sendable () -> Void) -> Bool {
        let isAccepted = state.withLock { state in
            if !state.isStopping { state.work.append(body) }
            return !state.isStopping
        }
        if isAccepted { wake() }
        return isAccepted
    }

    /// Runs `body` on the thread. Throws what it throws, or `KafkaError` when the thread is stopping.
    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isAccepted = submit { continuation.resume(with: Result(catching: body)) }
            if !isAccepted { continuation.resume(throwing: KafkaError(.closed, "the event log is closed")) }
        }
    }

    /// The thread finishes the submitted work, and ends.
    func beginStopping() {
        state.withLock { $0.isStopping = true }
        wake()
    }

    /// Returns when the thread has ended.
    func stop() async {
        beginStopping()
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.waiting.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// - Returns: False when the thread has to end.
    private func doWork() -> Bool {
        let (work, isStopping) = state.withLock { state in
            defer { state.work = [] }
            return (state.work, state.isStopping)
        }
        for body in work { body() }
        return !isStopping
    }
}
