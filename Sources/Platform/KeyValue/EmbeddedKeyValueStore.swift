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

    package func set(
        _ key: String, to bytes: [UInt8], expecting expected: Int64?, lifetime: Duration, creating entries: [NewEntry]
    ) async throws -> Bool {
        let now = clock.now()
        let main = NewEntry(key: key, bytes: bytes, lifetime: lifetime)
        do {
            try await database.write { tx in
                if let expected {
                    try Self.replace(main, version: expected, at: now, in: tx)
                } else {
                    try Self.create(main, at: now, in: tx)
                }
                for entry in entries { try Self.create(entry, at: now, in: tx) }
            }
            return true
        } catch is ConcurrentChange {
            return false
        }
    }

    /// Rolls the transaction back.
    private struct ConcurrentChange: Error {}

    private static func replace(
        _ entry: NewEntry, version: Int64, at now: Instant, in tx: any SQLTransaction
    ) throws {
        let changed = try tx.execute(
            """
            UPDATE key_values SET value = \(entry.bytes), version = version + 1,
                expires_at = \(now.advanced(by: entry.lifetime))
            WHERE key = \(entry.key) AND version = \(version) AND expires_at > \(now)
            """)
        if changed == 0 { throw ConcurrentChange() }
    }

    private static func create(_ entry: NewEntry, at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM key_values WHERE key = \(entry.key) AND expires_at <= \(now)")
        let created = try tx.execute(
            """
            INSERT INTO key_values (key, value, version, expires_at)
            VALUES (\(entry.key), \(entry.bytes), \(1), \(now.advanced(by: entry.lifetime)))
            ON CONFLICT (key) DO NOTHING
            """)
        if created == 0 { throw ConcurrentChange() }
    }

    package func remove(_ key: String) async throws {
        _ = try await database.write { tx in try tx.execute("DELETE FROM key_values WHERE key = \(key)") }
    }

    /// Deletes expired entries.
    package func removeExpired() async throws {
        let now = clock.now()
        _ = try await database.write { tx in try tx.execute("DELETE FROM key_values WHERE expires_at <= \(now)") }
    }
}
