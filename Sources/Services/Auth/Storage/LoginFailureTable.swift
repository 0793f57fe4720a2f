import Commerce
import SQL

enum LoginFailureTable {
    /// Which failures count together.
    enum Scope: Sendable {
        /// Of one client on one account.
        case client
        /// On one account, from the network of the attempt.
        case knownNetwork
        /// On one account, from all unknown networks.
        case unknownNetworks
        /// From one network, on all accounts to which it is unknown.
        case network
    }

    /// The times of the latest failures, the newest first.
    static func recent(
        _ scope: Scope, of attempt: LoginAttempt, limit: Int, at now: Instant, in tx: any SQLTransaction
    ) throws -> [Instant] {
        let matching: SQLStatement =
            switch scope {
            case .client: "source_digest = \(attempt.client)"
            case .knownNetwork: "email_digest = \(attempt.account) AND network_digest = \(attempt.network)"
            case .unknownNetworks: "email_digest = \(attempt.account) AND is_known = 0"
            case .network: "network_digest = \(attempt.network) AND is_known = 0"
            }
        return try tx.query(
            """
            SELECT failed_at FROM login_failures
            WHERE \(matching) AND failed_at > \(now.advanced(by: .zero - LoginThrottle.window))
            ORDER BY failed_at DESC LIMIT \(limit)
            """
        ).map { try $0.instant("failed_at") }
    }

    /// - Parameter isKnown: Whether the account has logged in from the network recently.
    static func insert(_ attempt: LoginAttempt, isKnown: Bool, at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO login_failures (email_digest, source_digest, network_digest, is_known, failed_at)
            VALUES (\(attempt.account), \(attempt.client), \(attempt.network), \(isKnown ? 1 : 0), \(now))
            """)
    }

    /// Deletes the failures of a client that has now succeeded; those of other clients still count.
    static func delete(_ attempt: LoginAttempt, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_failures WHERE source_digest = \(attempt.client)")
    }

    static func deleteAll(_ attempt: LoginAttempt, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_failures WHERE email_digest = \(attempt.account)")
    }

    static func deleteExpired(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM login_failures WHERE failed_at < \(now.advanced(by: .zero - LoginThrottle.window))")
    }
}
