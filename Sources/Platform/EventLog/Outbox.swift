import Commerce
package import SQL
import ServiceKit

extension Channel {
    /// Events were added to the outbox.
    static let outbox = Channel("outbox")
}

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

    /// Append after ``migration``: which process's relay is active.
    package static let relayMigration = Migration("outbox_relay") { dialect in
        """
        CREATE TABLE outbox_relay (
            id \(dialect.int64) PRIMARY KEY CHECK (id = 1), owner TEXT NOT NULL, held_until \(dialect.int64) NOT NULL
        ) \(dialect.strict);
        INSERT INTO outbox_relay (id, owner, held_until) VALUES (1, '', 0);
        """
    }

    /// Bytes. Kafka's default limit is 1,000,000 with the headers.
    package static let longestData = 900_000

    private static let tooLarge = ServiceError(ErrorCode.eventTooLarge, "This is more than one event can hold.")

    /// Adds the event to the transaction that makes it true. Events of one key leave in the order of their commits when
    /// every transaction that appends one holds a lock of that key: a row that all of them change, or read for an update.
    ///
    /// Throws 413 `event_too_large` when the log would never accept it: it would block every later event.
    package static func append(_ event: Event, in tx: any SQLTransaction) throws { try append([event], in: tx) }

    /// As above, several in their order.
    package static func append(_ events: [Event], in tx: any SQLTransaction) throws {
        guard events.allSatisfy({ $0.data.utf8.count <= longestData }) else { throw tooLarge }
        let rows = events.map { event in
            [
                event.id.sqlValue, event.type.sqlValue, event.source.sqlValue, event.topic.rawValue.sqlValue,
                event.key.sqlValue, event.time.sqlValue, event.traceparent.sqlValue, event.data.sqlValue,
            ]
        }
        try tx.execute(rows: rows) {
            "INSERT INTO outbox (id, type, source, topic, key, time, traceparent, data) VALUES \(rows: $0)"
        }
        tx.notify(.outbox)
    }
}
