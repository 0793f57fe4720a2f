package import Commerce
package import SQL

/// Which events a consumer has handled already. An entry is kept as long as the log may deliver its event again, so a
/// replay has no effect twice, however late it is.
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

    /// Records the event in the transaction of its effect.
    /// - Parameter retention: How long the log keeps events of this topic; nil is for ever.
    /// - Returns: False when it was recorded before: there is nothing to do.
    package static func note(
        _ event: Event, consumer: String, retention: Duration?, in tx: any SQLTransaction
    ) throws -> Bool {
        // Twice the time the log keeps the event.
        let expiry = retention.map { event.time.advanced(by: $0 * 2) }
        return try tx.execute(
            """
            INSERT INTO inbox (consumer, event_id, expires_at) VALUES (\(consumer), \(event.id), \(expiry))
            ON CONFLICT (consumer, event_id) DO NOTHING
            """) == 1
    }

    /// Deletes the entries of events that the log no longer has.
    package static func expire(at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM inbox WHERE expires_at < \(now)")
    }
}
