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
