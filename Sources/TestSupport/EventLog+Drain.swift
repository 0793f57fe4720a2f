package import EventLog

extension EventLog {
    /// Hands the group everything the log holds for it, as its consumer would.
    package func drain(group: String, topics: [Topic], handle: (Event) async throws -> Void) async throws {
        for topic in topics {
            while true {
                let batch = try await poll(group: group, topic: topic, limit: 10, wait: .zero)
                for logged in batch {
                    try await handle(logged.event)
                    _ = try await commit(logged, group: group)
                }
                if batch.isEmpty { break }
            }
        }
    }
}
