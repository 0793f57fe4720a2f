import Commerce
import Identity
import SQL

enum SigningKeyTable {
    struct Stored: Sendable {
        var key: SigningKey
        /// From when on tokens are signed with it; verifiers have seen it before.
        var signsFrom: Instant
    }

    /// Every key whose tokens may still be valid, the newest first; makes the first one, and one for all processes.
    static func current(at now: Instant, in tx: any SQLTransaction) throws -> [Stored] {
        let known = try all(at: now, in: tx)
        guard known.isEmpty else { return known }
        try tx.lock("signing keys")
        let made = try all(at: now, in: tx)
        guard made.isEmpty else { return made }
        let first = Stored(key: SigningKey(), signsFrom: now)
        try insert(first, in: tx)
        return [first]
    }

    private static func all(at now: Instant, in tx: any SQLTransaction) throws -> [Stored] {
        try tx.query(
            """
            SELECT private_key, signs_from FROM signing_keys WHERE expires_at IS NULL OR expires_at > \(now)
            ORDER BY signs_from DESC, kid
            """
        ).map {
            Stored(key: try SigningKey(pem: try $0.string("private_key")), signsFrom: try $0.instant("signs_from"))
        }
    }

    static func insert(_ stored: Stored, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO signing_keys (kid, private_key, signs_from)
            VALUES (\(stored.key.kid), \(stored.key.pem), \(stored.signsFrom))
            """)
    }

    /// Comes before a new key is made: of two that rotate at once the second then retires the first one's key too.
    static func retireAll(at instant: Instant, in tx: any SQLTransaction) throws {
        try tx.lock("signing keys")
        try tx.execute("UPDATE signing_keys SET expires_at = \(instant) WHERE expires_at IS NULL")
    }

    static func removeAll(in tx: any SQLTransaction) throws {
        try tx.lock("signing keys")
        try tx.execute("DELETE FROM signing_keys")
    }

    static func expire(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM signing_keys WHERE expires_at < \(now)")
    }
}
