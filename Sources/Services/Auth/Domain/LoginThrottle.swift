import Commerce

/// After five failures within fifteen minutes from one client network a mail address waits there until the first of
/// them is fifteen minutes old; elsewhere its owner may still log in. A hundred failures from everywhere stop it
/// everywhere, against guesses from many networks. It applies to unknown addresses as well, so that it tells nobody
/// which ones exist.
enum LoginThrottle {
    static let failuresFromOneNetwork = 5
    static let failures = 100
    static let window = Duration.seconds(900)

    /// How long to wait; nil when an attempt is allowed.
    /// - Parameter recent: The times of the latest failures, newest first.
    static func wait(after recent: [Instant], limit: Int, at now: Instant) -> Duration? {
        guard recent.count >= limit else { return nil }
        let wait = now.duration(to: recent[limit - 1].advanced(by: window))
        return wait > .zero ? wait : nil
    }
}

/// Who tries to log in and from where, as the throttle and the audit log know it: keyed digests, from which nobody
/// without the key learns an address by trying many.
struct LoginAttempt: Sendable {
    let email: String
    let emailAndNetwork: String

    /// - Parameter email: Normalised, or in lower case what cannot be.
    init(email: String, network: String?, key: [UInt8]) {
        self.email = Digest.hmac(email, key: key)
        emailAndNetwork = Digest.hmac("\(email)\n\(network ?? "")", key: key)
    }
}
