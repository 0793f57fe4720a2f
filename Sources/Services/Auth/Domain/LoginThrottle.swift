import Commerce

/// The limits on guessing passwords. The failures of the last fifteen minutes count, also for addresses that have no
/// account, so that the response does not reveal which ones exist.
///
/// Networks from which an account logged in recently are its known networks; they have limits of their own, which
/// failures in unknown networks do not use up. While unknown networks guess at an account, attempts from them are
/// queued: each network gets one turn, so the owner gets one too.
enum LoginThrottle {
    static let window = Duration.seconds(900)

    /// Failures of one client on one account after which it must wait: a minute, doubled by each further failure.
    static let freeFailures = 5
    static let firstWait = Duration.seconds(60)
    /// How many failures the wait is computed from.
    static let countedFailures = freeFailures + 4

    /// Failures on one account from one of its known networks, not counting its known clients.
    static let failuresInKnownNetwork = 30
    /// Failures on one account from all unknown networks together, before attempts are queued.
    static let failuresInUnknownNetworks = 50
    static let turnInterval = Duration.seconds(15)
    /// How many networks may be queued for one account; the last one waits an hour.
    static let longestQueue = 240

    /// How long a network stays known after the last log-in there, and how many clients an account keeps.
    static let knownFor = Duration.seconds(90 * 86_400)
    static let knownClients = 20

    /// How long the client must wait after its failures; nil when it need not.
    /// - Parameter recent: The times of the failures, the newest first, ``countedFailures`` at most.
    static func growingWait(after recent: [Instant], at now: Instant) -> Duration? {
        guard let latest = recent.first, recent.count >= freeFailures else { return nil }
        let wait = min(firstWait * (1 << (recent.count - freeFailures)), window)
        return positive(now.duration(to: latest.advanced(by: wait)))
    }

    /// How long to wait until one failure fewer than `limit` counts; nil when there are fewer.
    /// - Parameter recent: The newest first, `limit` at most.
    static func wait(after recent: [Instant], limit: Int, at now: Instant) -> Duration? {
        guard recent.count >= limit, let oldest = recent.last else { return nil }
        return positive(now.duration(to: oldest.advanced(by: window)))
    }

    private static func positive(_ wait: Duration) -> Duration? { wait > .zero ? wait : nil }
}
