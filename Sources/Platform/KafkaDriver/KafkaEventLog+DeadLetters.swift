package import Commerce
package import EventLog

extension KafkaEventLog {
    package func deadLetter(_ event: Event, group: String, reason: String) async throws {
        let known = try await internalTopics.deadLetters()[DeadLetterIndex.key(group: group, event: event.id)]
        // A long reason would make the record too large.
        try await write(
            DeadLetterIndex.Entry(
                id: known?.id ?? -1, group: group, reason: String(reason.prefix(2_000)), failedAt: clock.now(),
                event: event))
    }

    package func deadLetters() async throws -> [DeadLetter] { try await allDeadLetters().sorted.map(\.deadLetter) }

    package func deadLetterCount(group: String) async throws -> Int64 {
        Int64(try await internalTopics.deadLetters().sorted.count { $0.group == group })
    }

    /// From memory. One member acts for the group, so that an event is not handled by all members.
    package func deadLettersToRetry(group: String) async throws -> [DeadLetter] {
        try await internalTopics.deadLetters().sorted
            .filter { entry in
                entry.isToRetry && entry.group == group
                    && consumer(group, entry.event.topic)?.actsForGroup ?? true
            }
            .map(\.deadLetter)
    }

    /// Called after every event: checks the index in memory before it writes.
    package func removeDeadLetter(of event: EventID, group: String) async throws {
        let key = DeadLetterIndex.key(group: group, event: event)
        guard try await internalTopics.deadLetters()[key] != nil else { return }
        try await write(KafkaRecord(topic: settings.name(of: .deadLetters), key: key, value: nil, headers: [:]))
    }

    package func retryDeadLetter(of event: EventID, group: String) async throws {
        guard var entry = try await allDeadLetters()[DeadLetterIndex.key(group: group, event: event)] else { return }
        entry.isToRetry = true
        try await write(entry)
    }

    /// With everything that any process has written until now.
    private func allDeadLetters() async throws -> DeadLetterIndex {
        let client = try producer.client()
        let name = settings.name(of: .deadLetters)
        let end = try await query { try client.watermarks(of: name, 0).high }
        return try await internalTopics.deadLetters(upTo: end)
    }

    private func write(_ entry: DeadLetterIndex.Entry) async throws {
        try await write(entry.record(topic: settings.name(of: .deadLetters)))
    }

    /// Returns when this process has read what it wrote.
    private func write(_ record: KafkaRecord) async throws {
        let offset = try await producer.send([record])
        _ = try await internalTopics.deadLetters(upTo: offset + 1)
    }
}
