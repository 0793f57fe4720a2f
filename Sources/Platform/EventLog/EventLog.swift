package import Commerce

/// A durable log of events, ordered per key, read by consumer groups. Embedded or Kafka.
///
/// Every event comes to a group at least once; with ``Inbox`` its effect happens once, whichever log it is. Only the
/// embedded log also promises that an event published twice is stored once.
package protocol EventLog: Sendable {
    /// Durable on return, in order per key. When it throws, some of the events may be in the log: publish all again.
    func publish(_ events: [Event]) async throws
    /// The next events of this topic for the group, after what it committed; waits up to `wait` for the first. Until
    /// they are committed, every poll brings them again. A group has one poller of a topic in each process.
    func poll(group: String, topic: Topic, limit: Int, wait: Duration) async throws -> [LoggedEvent]
    /// The event is done, and so is everything before it in its partition. Durable when the next poll returns, as long as
    /// the partition stays with this process.
    /// - Returns: False when the group stands elsewhere by now: somebody has rewound it, or the partition belongs to
    ///   another member. What is left of the batch then comes again, here or there.
    func commit(_ event: LoggedEvent, group: String) async throws -> Bool
    /// Sets the group back to the beginning of the topic. Members in other processes follow as soon as they hear of it.
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
