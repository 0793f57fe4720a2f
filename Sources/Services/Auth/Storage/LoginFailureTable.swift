import Commerce
import SQL

enum LoginFailureTable {
    /// How long this mail address has to wait; nil when it may try.
    static func wait(_ digest: String, at now: Instant, in tx: any SQLTransaction) throws -> Duration? {
        let recent = try tx.query(
            """
            SELECT failed_at FROM login_failures
            WHERE email_digest = \(digest) AND failed_at > \(now.advanced(by: .zero - LoginThrottle.window))
            ORDER BY failed_at DESC LIMIT \(LoginThrottle.failures)
            """)
        return LoginThrottle.wait(after: try recent.map { try $0.instant("failed_at") }, at: now)
    }

    static func note(_ digest: String, at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("INSERT INTO login_failures (email_digest, failed_at) VALUES (\(digest), \(now))")
    }

    static func clear(_ digest: String, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_failures WHERE email_digest = \(digest)")
    }

    static func expire(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_failures WHERE failed_at < \(now.advanced(by: .zero - LoginThrottle.window))")
    }
}
