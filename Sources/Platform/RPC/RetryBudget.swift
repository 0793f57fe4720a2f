import Synchronization

/// Limits retries to a tenth of all calls, and a few at once, so that they do not overload a failing peer.
/// https://sre.google/sre-book/handling-overload/
final class RetryBudget: Sendable {
    private let tokens: Mutex<Double>
    private let most: Double

    init(most: Double = 20) {
        self.most = most
        tokens = Mutex(most)
    }

    func noteCall() { tokens.withLock { $0 = min(most, $0 + 0.1) } }

    /// Takes one retry from the budget. Returns false when none is left.
    func spend() -> Bool {
        tokens.withLock { tokens in
            guard tokens >= 1 else { return false }
            tokens -= 1
            return true
        }
    }
}
