import Synchronization

/// A condition for a process to accept requests.
package struct ReadinessCheck: Sendable {
    package let name: String
    /// Throws when the process is not ready; has one second.
    package let check: @Sendable () async throws -> Void

    package init(name: String, check: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.check = check
    }

    /// The same check, run at most once in the interval; in between the last outcome is returned.
    package func cached(
        for interval: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) -> ReadinessCheck {
        let last = LastOutcome()
        return ReadinessCheck(name: name) {
            if let outcome = last.outcome(since: now() - interval) { return try outcome.get() }
            do {
                try await check()
                last.note(.success(()), at: now())
            } catch {
                last.note(.failure(error), at: now())
                throw error
            }
        }
    }
}

private final class LastOutcome: Sendable {
    private let state = Mutex<(Result<Void, any Error>, at: ContinuousClock.Instant)?>(nil)

    func note(_ outcome: Result<Void, any Error>, at now: ContinuousClock.Instant) {
        state.withLock { $0 = (outcome, now) }
    }

    func outcome(since limit: ContinuousClock.Instant) -> Result<Void, any Error>? {
        state.withLock { state in state.flatMap { $0.at > limit ? $0.0 : nil } }
    }
}
