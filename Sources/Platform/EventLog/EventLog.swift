package import Commerce

/// A durable log of events, ordered per key, read by consumer groups. Embedded or Kafka.
package protocol EventLog: Sendable {
    /// Durable on return. An event whose id is already there is not stored twice.
    func publish(_ events: [Event]) async throws
    /// The next events of this topic for the group, after what it committed; waits up to `wait` for the first.
    func poll(group: String, topic: Topic, limit: Int, wait: Duration) async throws -> [LoggedEvent]
    /// Everything up to and including this offset is done.
    /// - Parameter previous: What the group had committed before, as polled.
    /// - Returns: False when the group stands elsewhere by now: somebody has rewound it.
    func commit(group: String, topic: Topic, offset: Int64, after previous: Int64) async throws -> Bool
    /// Sets the group back to the beginning of the topic.
    func rewind(group: String, topic: Topic) async throws
    func deadLetter(_ event: Event, group: String, reason: String) async throws
    func deadLetters() async throws -> [DeadLetter]
    /// Forgets the event's letter, if there is one: it was handled after all, or nobody wants it.
    func removeDeadLetter(of event: EventID, group: String) async throws
    /// Has the group's consumer handle the event once more.
    func retryDeadLetter(of event: EventID, group: String) async throws
    /// The letters that wait for the group's consumer.
    func deadLettersToRetry(group: String) async throws -> [DeadLetter]
    /// Events behind the end of the topic that the group has not committed.
    func lag(group: String, topic: Topic) async throws -> Int64
}

package struct LoggedEvent: Sendable {
    package var offset: Int64
    /// The offset of the event before it, for the first of a batch what the group had committed.
    package var after: Int64
    package var event: Event
    package init(offset: Int64, after: Int64, event: Event) {
        self.offset = offset
        self.after = after
        self.event = event
    }
}

package struct DeadLetter: Sendable {
    package var id: Int64
    package var group: String
    package var reason: String
    package var failedAt: Instant
    package var event: Event
    package init(id: Int64, group: String, reason: String, failedAt: Instant, event: Event) {
        self.id = id
        self.group = group
        self.reason = reason
        self.failedAt = failedAt
        self.event = event
    }
}
