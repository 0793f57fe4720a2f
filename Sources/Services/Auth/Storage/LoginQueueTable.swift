import Commerce
import SQL

/// The turns of networks at an account that strangers guess at: one each, in the order they came. A turn is one attempt,
/// from its time on until ``LoginThrottle/window`` later.
enum LoginQueueTable {
    /// How long until the network's turn, zero when it is due; nil when it has none.
    static func wait(for attempt: LoginAttempt, at now: Instant, in tx: any SQLTransaction) throws -> Duration? {
        try tx.first(
            """
            SELECT turn_at FROM login_queue
            WHERE email_digest = \(attempt.account) AND network_digest = \(attempt.network)
                AND turn_at > \(now.advanced(by: .zero - LoginThrottle.window))
            """
        ).map { max(now.duration(to: try $0.instant("turn_at")), .zero) }
    }

    /// Gives the network the next turn, unless the queue is full. Comes under the account's lock.
    /// - Returns: How long until then.
    static func join(_ attempt: LoginAttempt, at now: Instant, in tx: any SQLTransaction) throws -> Duration {
        let last = try tx.first(
            """
            SELECT turn_at FROM login_queue WHERE email_digest = \(attempt.account) ORDER BY turn_at DESC LIMIT 1
            """
        )?.instant("turn_at")
        let turn = max(now, last ?? now).advanced(by: LoginThrottle.turnInterval)
        let wait = now.duration(to: turn)
        guard wait <= LoginThrottle.turnInterval * LoginThrottle.longestQueue else { return wait }
        try tx.execute(
            """
            INSERT INTO login_queue (email_digest, network_digest, turn_at)
            VALUES (\(attempt.account), \(attempt.network), \(turn))
            ON CONFLICT (email_digest, network_digest) DO UPDATE SET turn_at = excluded.turn_at
            """)
        return wait
    }

    static func leave(_ attempt: LoginAttempt, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            DELETE FROM login_queue
            WHERE email_digest = \(attempt.account) AND network_digest = \(attempt.network)
            """)
    }

    static func clearAll(_ attempt: LoginAttempt, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_queue WHERE email_digest = \(attempt.account)")
    }

    static func expire(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_queue WHERE turn_at < \(now.advanced(by: .zero - LoginThrottle.window))")
    }
}
