import Synchronization

/// When the process began to stop.
final class StopTime: Sendable {
    private let state = Mutex<ContinuousClock.Instant?>(nil)

    /// Notes that it stops; the first call counts.
    func begin() -> StopTime {
        state.withLock { $0 = $0 ?? .now }
        return self
    }

    /// What is left of a duration that began then.
    func rest(of duration: Duration) -> Duration {
        max(.zero, duration - (state.withLock { $0 } ?? .now).duration(to: .now))
    }
}
