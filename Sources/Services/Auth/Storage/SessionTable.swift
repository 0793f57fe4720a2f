import AuthContract
import Commerce
import SQL

enum SessionTable {
    /// The result of presenting a refresh token.
    enum Rotation: Sendable {
        case rotated(Customer)
        /// The token was used before. Its family is revoked; `revoked` is false when it had been already.
        case reused(CustomerID, revoked: Bool)
        case unknown
    }

    static func start(
        for customer: CustomerID, token: RefreshToken, at now: Instant, lifetime: Duration, in tx: any SQLTransaction
    ) throws {
        let session = try tx.query(
            """
            INSERT INTO sessions (customer_id, created_at, expires_at)
            VALUES (\(customer), \(now), \(now.advanced(by: lifetime))) RETURNING id
            """)
        for row in session { try add(token, to: try row.int64("id"), at: now, in: tx) }
    }

    static func rotate(
        _ presented: RefreshToken, into next: RefreshToken, at now: Instant, lifetime: Duration,
        in tx: any SQLTransaction
    ) throws -> Rotation {
        guard
            let row = try tx.first(
                """
                SELECT t.session_id, t.used_at, s.expires_at, s.revoked_at, s.customer_id
                FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
                WHERE t.digest = \(presented.digest) \(unsafeSQL: tx.dialect.forUpdate)
                """)
        else { return .unknown }
        let session = try row.int64("session_id")
        let customer: CustomerID = try row.id("customer_id")
        guard try row.isNull("used_at") else {
            return .reused(customer, revoked: try revoke(session, for: "refresh_token_reused", at: now, in: tx))
        }
        guard try row.isNull("revoked_at"), try row.instant("expires_at") > now,
            let found = try CustomerTable.find(customer, in: tx)
        else { return .unknown }
        try tx.execute("UPDATE refresh_tokens SET used_at = \(now) WHERE digest = \(presented.digest)")
        try add(next, to: session, at: now, in: tx)
        try tx.execute("UPDATE sessions SET expires_at = \(now.advanced(by: lifetime)) WHERE id = \(session)")
        return .rotated(found)
    }

    /// Ends the session this token belongs to.
    /// - Returns: The customer of the session; nil when there was nothing to end.
    static func end(_ presented: RefreshToken, at now: Instant, in tx: any SQLTransaction) throws -> CustomerID? {
        guard
            let row = try tx.first(
                """
                SELECT t.session_id, s.customer_id FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
                WHERE t.digest = \(presented.digest)
                """),
            try revoke(try row.int64("session_id"), for: "logged_out", at: now, in: tx)
        else { return nil }
        return try row.id("customer_id")
    }

    /// - Parameter kept: A token of the session that continues.
    /// - Returns: How many sessions ended.
    static func endAll(
        of customer: CustomerID, except kept: RefreshToken? = nil, for reason: String, at now: Instant,
        in tx: any SQLTransaction
    ) throws -> Int {
        try tx.execute(
            """
            UPDATE sessions SET revoked_at = \(now), revoked_for = \(reason)
            WHERE customer_id = \(customer) AND revoked_at IS NULL
                AND id NOT IN (SELECT session_id FROM refresh_tokens WHERE digest = \(kept?.digest ?? ""))
            """)
    }

    /// Deletes sessions that have expired or were revoked a day ago, and their tokens.
    static func deleteExpired(at now: Instant, in tx: any SQLTransaction) throws {
        let yesterday = now.advanced(by: .seconds(-86_400))
        let over: SQLStatement = "SELECT id FROM sessions WHERE expires_at < \(now) OR revoked_at < \(yesterday)"
        try tx.execute("DELETE FROM refresh_tokens WHERE session_id IN (\(over))")
        try tx.execute("DELETE FROM sessions WHERE id IN (\(over))")
    }

    private static func add(_ token: RefreshToken, to session: Int64, at now: Instant, in tx: any SQLTransaction) throws
    {
        try tx.execute(
            "INSERT INTO refresh_tokens (digest, session_id, issued_at) VALUES (\(token.digest), \(session), \(now))")
    }

    private static func revoke(
        _ session: Int64, for reason: String, at now: Instant, in tx: any SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE sessions SET revoked_at = \(now), revoked_for = \(reason) WHERE id = \(session) AND revoked_at IS NULL
            """) == 1
    }
}
