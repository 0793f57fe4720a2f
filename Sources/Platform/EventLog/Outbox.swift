import Commerce
package import SQL

/// Events that wait in their service's own database until the relay has published them.
package enum Outbox {
    /// Append to the migrations of a service that publishes.
    package static let migration = Migration("outbox") { dialect in
        """
        CREATE TABLE outbox (
            position \(dialect.identity), id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, source TEXT NOT NULL,
            topic TEXT NOT NULL, key TEXT NOT NULL, time \(dialect.int64) NOT NULL, traceparent TEXT NOT NULL,
            data TEXT NOT NULL
        ) \(dialect.strict);
        """
    }

    /// Adds the event to the transaction that makes it true.
    package static func append(_ event: Event, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO outbox (id, type, source, topic, key, time, traceparent, data)
            VALUES (\(event.id), \(event.type), \(event.source), \(event.topic.rawValue), \(event.key), \(event.time),
                \(event.traceparent), \(event.data))
            """)
    }
}

/// Which events a consumer has already had its effect from.
package enum Inbox {
    /// Append to the migrations of a service that consumes.
    package static let migration = Migration("inbox") { dialect in
        """
        CREATE TABLE inbox (
            consumer TEXT NOT NULL, event_id TEXT NOT NULL, PRIMARY KEY (consumer, event_id)
        ) \(dialect.strict);
        """
    }

    /// Notes the event in the transaction of its effect.
    /// - Returns: False when it was noted before: there is nothing to do.
    package static func note(_ event: Event, consumer: String, in tx: any SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO inbox (consumer, event_id) VALUES (\(consumer), \(event.id))
            ON CONFLICT (consumer, event_id) DO NOTHING
            """) == 1
    }
}
