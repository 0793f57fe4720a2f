import Observability
import Synchronization

/// The metrics of the last minutes, for what happened in the last one. Whoever asks for the metrics or for the operations
/// page adds to it, at most one snapshot every ten seconds.
final class MetricsHistory: Sendable {
    struct Moment: Sendable {
        let time: ContinuousClock.Instant
        let metrics: MetricsSnapshot
    }

    private static let (spacing, period, most) = (Duration.seconds(10), Duration.seconds(60), Duration.seconds(300))
    private let moments = Mutex<[Moment]>([])

    /// Keeps a snapshot, unless there is a new one already.
    func note(_ metrics: () -> MetricsSnapshot, at time: ContinuousClock.Instant = .now) {
        let isDue = moments.withLock { $0.last.map { $0.time.duration(to: time) >= Self.spacing } ?? true }
        guard isDue else { return }
        let moment = Moment(time: time, metrics: metrics())
        moments.withLock { moments in
            moments.append(moment)
            // What is older than the begin of the period is needed no more.
            let begin = moments.lastIndex { $0.time.duration(to: time) >= Self.period } ?? 0
            moments.removeFirst(begin)
            moments.removeAll { $0.time.duration(to: time) > Self.most }
        }
    }

    /// Where the period up to now begins: a minute ago, or as near to that as there is a snapshot. Nil when there is
    /// none from at least five seconds and at most five minutes ago.
    func begin(at time: ContinuousClock.Instant = .now) -> Moment? {
        moments.withLock { moments in
            let old = moments.filter { (Duration.seconds(5)...Self.most).contains($0.time.duration(to: time)) }
            return old.last { $0.time.duration(to: time) >= Self.period } ?? old.first
        }
    }
}
