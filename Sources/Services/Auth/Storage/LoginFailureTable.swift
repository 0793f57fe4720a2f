import Commerce
import SQL

enum LoginFailureTable {
    /// How long this attempt has to wait; nil when it may be made.
    static func wait(_ attempt: LoginAttempt, at now: Instant, in tx: any SQLTransaction) throws -> Duration? {
        let here = try wait(
            "source_digest = \(attempt.emailAndNetwork)", limit: LoginThrottle.failuresFromOneNetwork, at: now, in: tx)
        let everywhere = try wait("email_digest = \(attempt.email)", limit: LoginThrottle.failures, at: now, in: tx)
        return [here, everywhere].compactMap(\.self).max()
    }

    /// As above, counted for good: no other attempt on this address is counted until the transaction ends.
    static func finalWait(_ attempt: LoginAttempt, at now: Instant, in tx: any SQLTransaction) throws -> Duration? {
        try tx.lock("log-ins of \(attempt.email)")
        return try wait(attempt, at: now, in: tx)
    }

    private static func wait(
        _ matching: SQLStatement, limit: Int, at now: Instant, in tx: any SQLTransaction
    ) throws -> Duration? {
        let recent = try tx.query(
            """
            SELECT failed_at FROM login_failures
            WHERE \(matching) AND failed_at > \(now.advanced(by: .zero - LoginThrottle.window))
            ORDER BY failed_at DESC LIMIT \(limit)
            """)
        return LoginThrottle.wait(after: try recent.map { try $0.instant("failed_at") }, limit: limit, at: now)
    }

    static func note(_ attempt: LoginAttempt, at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO login_failures (email_digest, source_digest, failed_at)
            VALUES (\(attempt.email), \(attempt.emailAndNetwork), \(now))
            """)
    }

    /// Forgets the failures of whoever has just shown the right password; other networks' still count.
    static func clear(_ attempt: LoginAttempt, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_failures WHERE source_digest = \(attempt.emailAndNetwork)")
    }

    static func clearAll(_ attempt: LoginAttempt, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_failures WHERE email_digest = \(attempt.email)")
    }

    static func expire(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_failures WHERE failed_at < \(now.advanced(by: .zero - LoginThrottle.window))")
    }
}
