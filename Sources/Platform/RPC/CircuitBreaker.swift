import Synchronization

/// Stops calling a peer that does not answer: after five failures in a row it refuses at once for a while, then lets one
/// call through to see. https://martinfowler.com/bliki/CircuitBreaker.html
final class CircuitBreaker: Sendable {
    enum Verdict: Hashable {
        case proceed, refuse
        /// Proceed, alone: the others wait for what comes of it.
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

    /// Whoever may proceed says afterwards what came of it: ``note(answered:of:at:)`` or ``forget(_:)``.
    func admit(at now: ContinuousClock.Instant = .now) -> Verdict {
        state.withLock { state in
            guard let time = state.triesAgainAt else { return .proceed }
            guard now >= time, !state.isProbing else { return .refuse }
            state.isProbing = true
            return .probe
        }
    }

    /// - Parameters:
    ///   - answered: Whether the peer answered, be it with a refusal.
    ///   - verdict: What ``admit(at:)`` said to this call.
    func note(answered: Bool, of verdict: Verdict, at now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            if answered {
                state = State()
                return
            }
            state.failures += 1
            // What was sent before the breaker opened tells nothing new.
            let isNews = verdict == .probe || state.triesAgainAt == nil
            if isNews, state.failures >= threshold { state.triesAgainAt = now.advanced(by: pause) }
            if verdict == .probe { state.isProbing = false }
        }
    }

    /// The call says nothing about the peer: its caller gave it up.
    func forget(_ verdict: Verdict) {
        if verdict == .probe { state.withLock { $0.isProbing = false } }
    }
}
