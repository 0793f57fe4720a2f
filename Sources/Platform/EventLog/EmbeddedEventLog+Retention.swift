import Commerce
import SQL

extension EmbeddedEventLog {
    /// Deletes events older than their topic's retention, except those of dead letters.
    package func removeExpired(_ topics: [TopicDeclaration]) async throws {
        let now = clock.now()
        for declaration in topics {
            guard let retention = declaration.retention else { continue }
            while try await removeOldest(of: declaration.topic, before: now.advanced(by: .zero - retention)) {}
        }
    }

    /// A few at a time, so that publishing never waits long. Offsets grow with time: only the oldest are checked.
    /// - Returns: Whether there may be more.
    private func removeOldest(of topic: Topic, before limit: Instant) async throws -> Bool {
        let batch = 500
        return try await database.write { tx in
            try tx.execute(
                """
                DELETE FROM events WHERE time < \(limit) AND log_offset IN (
                    SELECT log_offset FROM events WHERE topic = \(topic.rawValue)
                        AND NOT EXISTS (SELECT 1 FROM dead_letters WHERE dead_letters.event_id = events.id)
                    ORDER BY log_offset LIMIT \(batch))
                """) == batch
        }
    }
}
