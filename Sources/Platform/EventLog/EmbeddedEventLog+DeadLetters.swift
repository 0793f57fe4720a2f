package import Commerce
import SQL

extension EmbeddedEventLog {
    package func deadLetter(_ event: Event, group: String, reason: String) async throws {
        let now = clock.now()
        try await database.write { tx in
            _ = try tx.execute(
                """
                INSERT INTO dead_letters (consumer_group, reason, failed_at, event_id)
                VALUES (\(group), \(reason), \(now), \(event.id))
                ON CONFLICT (consumer_group, event_id) DO UPDATE
                SET reason = excluded.reason, failed_at = excluded.failed_at, retry = 0
                """)
        }
    }

    package func deadLetters() async throws -> [DeadLetter] { try await deadLetters(where: "1 = 1") }

    package func deadLetterCount(group: String) async throws -> Int64 {
        try await database.read { tx in
            try tx.first("SELECT COUNT(*) AS count FROM dead_letters WHERE consumer_group = \(group)")?
                .int64("count") ?? 0
        }
    }

    package func deadLettersToRetry(group: String) async throws -> [DeadLetter] {
        try await deadLetters(where: "d.consumer_group = \(group) AND d.retry = 1")
    }

    private func deadLetters(where condition: SQLStatement) async throws -> [DeadLetter] {
        try await database.read { tx in
            try tx.query(
                """
                SELECT d.number, d.consumer_group, d.reason, d.failed_at, d.retry, e.* FROM dead_letters d
                JOIN events e ON e.id = d.event_id WHERE \(condition) ORDER BY d.number
                """
            ).map {
                DeadLetter(
                    id: try $0.int64("number"), group: try $0.string("consumer_group"), reason: try $0.string("reason"),
                    failedAt: try $0.instant("failed_at"), event: try Event(row: $0))
            }
        }
    }

    package func removeDeadLetter(of event: EventID, group: String) async throws {
        // Called after every event: reads before it occupies the writer.
        let exists = try await database.read { tx in
            try tx.first("SELECT 1 AS yes FROM dead_letters WHERE consumer_group = \(group) AND event_id = \(event)")
                != nil
        }
        guard exists else { return }
        try await database.write { tx in
            _ = try tx.execute("DELETE FROM dead_letters WHERE consumer_group = \(group) AND event_id = \(event)")
        }
    }

    package func retryDeadLetter(of event: EventID, group: String) async throws {
        try await database.write { tx in
            _ = try tx.execute(
                "UPDATE dead_letters SET retry = 1 WHERE consumer_group = \(group) AND event_id = \(event)")
        }
    }
}
