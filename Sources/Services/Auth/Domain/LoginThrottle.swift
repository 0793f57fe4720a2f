import Commerce

/// How guesses at passwords are slowed down. The failures of the last fifteen minutes count, also for addresses that have
/// no account, so that nobody learns which ones exist.
///
/// Networks where an account logged in lately are known to it. What strangers do elsewhere never slows its owner there:
/// such networks have limits of their own. From elsewhere the owner waits for a turn while strangers guess, and gets one.
enum LoginThrottle {
    static let window = Duration.seconds(900)

    /// Failures of one client on one account after which it waits: a minute, then twice as long after each more.
    static let freeFailures = 5
    static let firstWait = Duration.seconds(60)
    /// How many failures tell how long to wait.
    static let countedFailures = freeFailures + 4

    /// Failures on one account from a network it knows, other than from the very clients that it knows.
    static let failuresInKnownNetwork = 30
    /// Failures on one account from all other networks together, before attempts take turns.
    static let strangersFailures = 50
    static let turnInterval = Duration.seconds(15)
    /// How many networks wait for a turn at one account; the last one waits an hour.
    static let longestQueue = 240

    /// How long an account knows a network after its last log-in there, and how many it knows.
    static let knownFor = Duration.seconds(90 * 86_400)
    static let knownClients = 20

    /// How long the client waits after its failures; nil when it does not.
    /// - Parameter recent: When they were, the newest first, ``countedFailures`` at most.
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

/// Whether an attempt may be made now.
enum LoginAdmission: Hashable, Sendable {
    case admitted
    case refused(Duration)
    /// Strangers guess at the account, and this network is not in the queue.
    case needsTurn
}
