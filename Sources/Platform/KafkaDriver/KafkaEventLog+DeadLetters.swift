package import Commerce
package import EventLog

extension KafkaEventLog {
    package func deadLetter(_ event: Event, group: String, reason: String) async throws {
        let known = try await follower.letters()[LetterBox.key(group: group, event: event.id)]
        // A reason never makes a letter too long to be written.
        try await write(
            LetterBox.Letter(
                id: known?.id ?? -1, group: group, reason: String(reason.prefix(2_000)), failedAt: clock.now(),
                event: event))
    }

    package func deadLetters() async throws -> [DeadLetter] { try await allLetters().sorted.map(\.deadLetter) }

    /// From memory. One member acts for the group, so that an event is not handled by all of them.
    package func deadLettersToRetry(group: String) async throws -> [DeadLetter] {
        try await follower.letters().sorted
            .filter { letter in
                letter.isToRetry && letter.group == group
                    && consumer(group, letter.event.topic)?.actsForGroup ?? true
            }
            .map(\.deadLetter)
    }

    /// Asked after every event: looks in memory before it writes.
    package func removeDeadLetter(of event: EventID, group: String) async throws {
        let key = LetterBox.key(group: group, event: event)
        guard try await follower.letters()[key] != nil else { return }
        try await write(KafkaRecord(topic: settings.name(of: .deadLetters), key: key, value: nil, headers: [:]))
    }

    package func retryDeadLetter(of event: EventID, group: String) async throws {
        guard var letter = try await allLetters()[LetterBox.key(group: group, event: event)] else { return }
        letter.isToRetry = true
        try await write(letter)
    }

    /// With what anybody has written until now.
    private func allLetters() async throws -> LetterBox {
        let client = try producer.client()
        let name = settings.name(of: .deadLetters)
        let end = try await ask { try client.watermarks(of: name, 0).high }
        return try await follower.letters(upTo: end)
    }

    private func write(_ letter: LetterBox.Letter) async throws {
        try await write(letter.record(topic: settings.name(of: .deadLetters)))
    }

    /// Whoever wrote it sees it.
    private func write(_ record: KafkaRecord) async throws {
        let offset = try await producer.send([record])
        _ = try await follower.letters(upTo: offset + 1)
    }
}
