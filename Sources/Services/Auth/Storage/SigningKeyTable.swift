import Commerce
import Identity
import SQL

enum SigningKeyTable {
    struct Stored: Sendable {
        var key: SigningKey
        /// From this instant on tokens are signed with it; verifiers have fetched it before.
        var signsFrom: Instant
    }

    /// Every key whose tokens may still be valid, the newest first. Creates the first key, one for all processes.
    static func current(at now: Instant, in tx: any SQLTransaction) throws -> [Stored] {
        let known = try all(at: now, in: tx)
        guard known.isEmpty else { return known }
        try tx.lock("signing keys")
        let created = try all(at: now, in: tx)
        guard created.isEmpty else { return created }
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

    /// Call it before inserting a new key: of two concurrent rotations the second then retires the key of the first
    /// too.
    static func retireAll(at instant: Instant, in tx: any SQLTransaction) throws {
        try tx.lock("signing keys")
        try tx.execute("UPDATE signing_keys SET expires_at = \(instant) WHERE expires_at IS NULL")
    }

    static func deleteAll(in tx: any SQLTransaction) throws {
        try tx.lock("signing keys")
        try tx.execute("DELETE FROM signing_keys")
    }

    static func deleteExpired(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM signing_keys WHERE expires_at < \(now)")
    }
}
