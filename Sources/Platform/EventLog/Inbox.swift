package import Commerce
package import SQL

/// Which events a consumer has already had its effect from. A note is kept as long as the log may bring its event
/// again; so a replay, however late, has no effect twice.
package enum Inbox {
    /// Append to the migrations of a service that consumes.
    package static let migration = Migration("inbox") { dialect in
        """
        CREATE TABLE inbox (
            consumer TEXT NOT NULL, event_id TEXT NOT NULL, PRIMARY KEY (consumer, event_id)
        ) \(dialect.strict);
        """
    }

    /// Append after ``migration``.
    package static let expiryMigration = Migration("inbox_expiry") { dialect in
        """
        ALTER TABLE inbox ADD COLUMN expires_at \(dialect.int64);
        CREATE INDEX inbox_expiry ON inbox (expires_at) WHERE expires_at IS NOT NULL;
        """
    }

    /// Notes the event in the transaction of its effect.
    /// - Parameter retention: How long the log keeps events of this topic; nil is for ever.
    /// - Returns: False when it was noted before: there is nothing to do.
    package static func note(
        _ event: Event, consumer: String, retention: Duration?, in tx: any SQLTransaction
    ) throws -> Bool {
        // Twice the time the log keeps the event: gone there long before it is forgotten here.
        let expiry = retention.map { event.time.advanced(by: $0 * 2) }
        return try tx.execute(
            """
            INSERT INTO inbox (consumer, event_id, expires_at) VALUES (\(consumer), \(event.id), \(expiry))
            ON CONFLICT (consumer, event_id) DO NOTHING
            """) == 1
    }

    /// Forgets the notes of events that the log no longer has.
    package static func expire(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM inbox WHERE expires_at < \(now)")
    }
}
