import Commerce
import SQL

/// The turns of unknown networks at an account while many of them guess at it: one for each network, in the order of
/// arrival. A turn allows one attempt, from its time until ``LoginThrottle/window`` later.
enum LoginQueueTable {
    /// The time until the network's turn, zero when it is due; nil when it has none.
    static func wait(for attempt: LoginAttempt, at now: Instant, in tx: any SQLTransaction) throws -> Duration? {
        try tx.first(
            """
            SELECT turn_at FROM login_queue
            WHERE email_digest = \(attempt.account) AND network_digest = \(attempt.network)
                AND turn_at > \(now.advanced(by: .zero - LoginThrottle.window))
            """
        ).map { max(now.duration(to: try $0.instant("turn_at")), .zero) }
    }

    /// Gives the network the next turn, unless the queue is full. Call it under the account's lock.
    /// - Returns: The time until that turn.
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

    static func deleteAll(_ attempt: LoginAttempt, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_queue WHERE email_digest = \(attempt.account)")
    }

    static func deleteExpired(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_queue WHERE turn_at < \(now.advanced(by: .zero - LoginThrottle.window))")
    }
}
