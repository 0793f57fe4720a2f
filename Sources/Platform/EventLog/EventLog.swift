package import Commerce

/// A durable log of events, ordered per key, read by consumer groups. Embedded or Kafka.
package protocol EventLog: Sendable {
    /// Durable on return. An event whose id is already there is not stored twice.
    func publish(_ events: [Event]) async throws
    /// The next events of this topic for the group, after what it committed; waits up to `wait` for the first.
    func poll(group: String, topic: Topic, limit: Int, wait: Duration) async throws -> [LoggedEvent]
    /// Everything up to and including this offset is done.
    func commit(group: String, topic: Topic, offset: Int64) async throws
    /// Sets the group back to the beginning of the topic.
    func rewind(group: String, topic: Topic) async throws
    func deadLetter(_ event: Event, group: String, reason: String) async throws
    func deadLetters() async throws -> [DeadLetter]
    /// Forgets a dead letter that was handled after all.
    func removeDeadLetter(_ id: Int64) async throws
    /// Events behind the end of the topic that the group has not committed.
    func lag(group: String, topic: Topic) async throws -> Int64
}

package struct LoggedEvent: Sendable {
    package var offset: Int64
    package var event: Event
    package init(offset: Int64, event: Event) {
        self.offset = offset
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
