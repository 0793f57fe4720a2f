import Synchronization

/// Stops calling a peer that does not respond: after five failures in a row it refuses calls at once for a while, then
/// admits one as a probe. https://martinfowler.com/bliki/CircuitBreaker.html
final class CircuitBreaker: Sendable {
    enum Verdict: Hashable {
        case proceed, refuse
        /// Proceed as the only call; its outcome decides about later ones.
        case probe
    }

    private struct State {
        var failures = 0
        /// nil while calls go through.
        var triesAgainAt: ContinuousClock.Instant?
        var isProbing = false
    }
    private let threshold: Int
    private let pause: Duration
    private let state = Mutex(State())

    init(threshold: Int = 5, pause: Duration = .milliseconds(500)) {
        self.threshold = threshold
        self.pause = pause
    }

    /// Whether calls are refused, but for a probe.
    var isOpen: Bool { state.withLock { $0.triesAgainAt != nil } }

    /// A call that was admitted reports its outcome by ``record(responded:of:at:)`` or ``discard(_:)``.
    func admit(at now: ContinuousClock.Instant = .now) -> Verdict {
        state.withLock { state in
            guard let time = state.triesAgainAt else { return .proceed }
            guard now >= time, !state.isProbing else { return .refuse }
            state.isProbing = true
            return .probe
        }
    }

    /// - Parameters:
    ///   - responded: Whether the peer responded, be it with an error.
    ///   - verdict: The result of ``admit(at:)`` for this call.
    func record(responded: Bool, of verdict: Verdict, at now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            if responded {
                state = State()
                return
            }
            state.failures += 1
            // The outcome of a call that was sent before the breaker opened does not count.
            let counts = verdict == .probe || state.triesAgainAt == nil
            if counts, state.failures >= threshold { state.triesAgainAt = now.advanced(by: pause) }
            if verdict == .probe { state.isProbing = false }
        }
    }

    /// The outcome of the call says nothing about the peer: it was cancelled.
    func discard(_ verdict: Verdict) {
        if verdict == .probe { state.withLock { $0.isProbing = false } }
    }
}
