package import Commerce
package import SQL

/// The key-value store in a service's own SQL database.
package struct EmbeddedKeyValueStore: KeyValueStore {
    package static let migrations = [
        Migration("key_values") { dialect in
            """
            CREATE TABLE key_values (
                key TEXT PRIMARY KEY, value \(dialect.blob) NOT NULL, version \(dialect.int64) NOT NULL,
                expires_at \(dialect.int64) NOT NULL
            ) \(dialect.strict);
            CREATE INDEX key_values_expiry ON key_values (expires_at);
            """
        }
    ]

    private let database: any Database
    private let clock: WallClock

    package init(database: any Database, clock: WallClock = .system) {
        self.database = database
        self.clock = clock
    }

    package func value(_ key: String) async throws -> VersionedValue? {
        let now = clock.now()
        return try await database.read { tx in
            try tx.first("SELECT value, version FROM key_values WHERE key = \(key) AND expires_at > \(now)").map {
                VersionedValue(bytes: try $0.blob("value"), version: try $0.int64("version"))
            }
        }
    }

    package func set(_ key: String, to bytes: [UInt8], expecting expected: Int64?, lifetime: Duration) async throws
        -> Bool
    {
        let now = clock.now()
        let expiry = now.advanced(by: lifetime)
        return try await database.write { tx in
            if let expected {
                return try tx.execute(
                    """
                    UPDATE key_values SET value = \(bytes), version = version + 1, expires_at = \(expiry)
                    WHERE key = \(key) AND version = \(expected) AND expires_at > \(now)
                    """) == 1
            }
            try tx.execute("DELETE FROM key_values WHERE key = \(key) AND expires_at <= \(now)")
            return try tx.execute(
                """
                INSERT INTO key_values (key, value, version, expires_at) VALUES (\(key), \(bytes), \(1), \(expiry))
                ON CONFLICT (key) DO NOTHING
                """) == 1
        }
    }

    package func remove(_ key: String) async throws {
        _ = try await database.write { tx in try tx.execute("DELETE FROM key_values WHERE key = \(key)") }
    }

    /// Forgets what has expired.
    package func removeExpired() async throws {
        let now = clock.now()
        _ = try await database.write { tx in try tx.execute("DELETE FROM key_values WHERE expires_at <= \(now)") }
    }
}
