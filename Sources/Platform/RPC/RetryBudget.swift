import Synchronization

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
