package import Commerce
package import SQL
import ServiceKit

extension Channel {
    /// The topic has new events, or a group was rewound.
    fileprivate static func log(of topic: Topic) -> Channel { Channel(topic.rawValue) }
}

/// The event log as tables of its own database: durable, ordered, with committed offsets and dead letters.
package final class EmbeddedEventLog: EventLog {
    package static let migrations = [
        Migration("event_log") { dialect in
            """
            CREATE TABLE events (
                log_offset \(dialect.identity), id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, source TEXT NOT NULL,
                topic TEXT NOT NULL, key TEXT NOT NULL, time \(dialect.int64) NOT NULL, traceparent TEXT NOT NULL,
                data TEXT NOT NULL
            ) \(dialect.strict);
            CREATE INDEX events_topic ON events (topic, log_offset);
            CREATE TABLE group_offsets (
                consumer_group TEXT NOT NULL, topic TEXT NOT NULL, committed \(dialect.int64) NOT NULL,
                PRIMARY KEY (consumer_group, topic)
            ) \(dialect.strict);
            CREATE TABLE dead_letters (
                number \(dialect.identity), consumer_group TEXT NOT NULL, reason TEXT NOT NULL,
                failed_at \(dialect.int64) NOT NULL, event_id TEXT NOT NULL REFERENCES events (id),
                UNIQUE (consumer_group, event_id)
            ) \(dialect.strict);
            """
        },
        Migration("dead_letter_retries") { dialect in
            "ALTER TABLE dead_letters ADD COLUMN retry \(dialect.int64) NOT NULL DEFAULT 0 CHECK (retry IN (0, 1));"
        },
    ]

    let database: any Database
    let clock: WallClock

    package init(database: any Database, clock: WallClock = .system) {
        self.database = database
        self.clock = clock
    }

    package func publish(_ events: [Event]) async throws {
        try await EventTrace.sending(events, to: "magpie") { try await append(events) }
    }

    private func append(_ events: [Event]) async throws {
        try await database.write { tx in
            for event in events {
                try tx.execute(
                    """
                    INSERT INTO events (id, type, source, topic, key, time, traceparent, data)
                    VALUES (\(event.id), \(event.type), \(event.source), \(event.topic.rawValue), \(event.key),
                        \(event.time), \(event.traceparent), \(event.data))
                    ON CONFLICT (id) DO NOTHING
                    """)
                tx.notify(.log(of: event.topic))
            }
        }
    }

    package func poll(group: String, topic: Topic, limit: Int, wait: Duration) async throws -> [LoggedEvent] {
        let deadline = ContinuousClock.now.advanced(by: wait)
        let arrived = database.channels[.log(of: topic)]
        while true {
            let seen = arrived.count
            let events = try await next(group: group, topic: topic, limit: limit)
            let rest = ContinuousClock.now.duration(to: deadline)
            if !events.isEmpty || rest <= .zero { return events }
            await arrived.wait(after: seen, for: min(rest, Channels.safetyInterval))
            try Task.checkCancellation()
        }
    }

    private func next(group: String, topic: Topic, limit: Int) async throws -> [LoggedEvent] {
        try await database.read { tx in
            let committed =
                try tx.first(
                    "SELECT committed FROM group_offsets WHERE consumer_group = \(group) AND topic = \(topic.rawValue)"
                )?.int64("committed") ?? 0
            var previous = committed
            return try tx.query(
                """
                SELECT * FROM events WHERE topic = \(topic.rawValue) AND log_offset > \(committed)
                ORDER BY log_offset LIMIT \(limit)
                """
            ).map { row in
                let offset = try row.int64("log_offset")
                defer { previous = offset }
                return LoggedEvent(offset: offset, after: previous, event: try Event(row: row))
            }
        }
    }

    package func commit(_ event: LoggedEvent, group: String) async throws -> Bool {
        try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO group_offsets (consumer_group, topic, committed)
                VALUES (\(group), \(event.event.topic.rawValue), \(event.offset))
                ON CONFLICT (consumer_group, topic) DO UPDATE SET committed = excluded.committed
                WHERE group_offsets.committed = \(event.after)
                """) == 1
        }
    }

    package func rewind(group: String, topic: Topic) async throws {
        try await database.write { tx in
            _ = try tx.execute(
                """
                UPDATE group_offsets SET committed = 0 WHERE consumer_group = \(group) AND topic = \(topic.rawValue)
                """)
            tx.notify(.log(of: topic))
        }
    }

    package func lag(group: String, topic: Topic) async throws -> Int64 {
        try await database.read { tx in
            try tx.first(
                """
                SELECT COUNT(*) AS waiting FROM events WHERE topic = \(topic.rawValue) AND log_offset > COALESCE(
                    (SELECT committed FROM group_offsets
                     WHERE consumer_group = \(group) AND topic = \(topic.rawValue)), 0)
                """)?.int64("waiting") ?? 0
        }
    }
}
