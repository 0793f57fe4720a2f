import Commerce

/// After five failures within fifteen minutes a mail address waits until the first of them is fifteen minutes old. It
/// applies to unknown addresses as well, so that it tells nobody which ones exist.
enum LoginThrottle {
    static let failures = 5
    static let window = Duration.seconds(900)

    /// How long to wait; nil when an attempt is allowed.
    /// - Parameter recent: The times of the latest failures, newest first.
    static func wait(after recent: [Instant], at now: Instant) -> Duration? {
        guard recent.count >= failures else { return nil }
        let wait = now.duration(to: recent[failures - 1].advanced(by: window))
        return wait > .zero ? wait : nil
    }
}
