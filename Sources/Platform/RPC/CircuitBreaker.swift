import Synchronization

/// Stops calling a peer that does not answer: after five failures in a row it refuses at once for a while, then lets one
/// call through to see. https://martinfowler.com/bliki/CircuitBreaker.html
final class CircuitBreaker: Sendable {
    enum Verdict: Hashable { case proceed, refuse }

    private struct State {
        var failures = 0
        var closedAgainAt: ContinuousClock.Instant?
        var isProbing = false
    }
    private let threshold: Int
    private let pause: Duration
    private let state = Mutex(State())

    init(threshold: Int = 5, pause: Duration = .milliseconds(500)) {
        self.threshold = threshold
        self.pause = pause
    }

    func admit(at now: ContinuousClock.Instant = .now) -> Verdict {
        state.withLock { state in
            guard let time = state.closedAgainAt else { return .proceed }
            guard now >= time, !state.isProbing else { return .refuse }
            state.isProbing = true
            return .proceed
        }
    }

    /// - Parameter answered: Whether the peer answered, be it with a refusal.
    func note(answered: Bool, at now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            state.isProbing = false
            if answered {
                state = State()
            } else {
                state.failures += 1
                if state.failures >= threshold { state.closedAgainAt = now.advanced(by: pause) }
            }
        }
    }

    /// The call was given up by its caller: it says nothing about the peer.
    func forgetCall() { state.withLock { $0.isProbing = false } }
}

/// Retries may be a tenth of all calls, and a few at once: a peer in trouble is not buried under them.
/// https://sre.google/sre-book/handling-overload/
final class RetryBudget: Sendable {
    private let tokens: Mutex<Double>
    private let most: Double

    init(most: Double = 20) {
        self.most = most
        tokens = Mutex(most)
    }

    func noteCall() { tokens.withLock { $0 = min(most, $0 + 0.1) } }

    /// Whether one more retry is affordable; takes it.
    func spend() -> Bool {
        tokens.withLock { tokens in
            guard tokens >= 1 else { return false }
            tokens -= 1
            return true
        }
    }
}
