package import Commerce

/// A durable log of events, ordered per key, read by consumer groups. Embedded or Kafka.
///
/// Every event is delivered to a group at least once; with ``Inbox`` it has its effect once, whichever log it is. Only the
/// embedded log also promises that an event published twice is stored once.
package protocol EventLog: Sendable {
    /// Durable on return, in order per key. When it throws, some of the events may be in the log: publish all again.
    func publish(_ events: [Event]) async throws
    /// The next events of this topic for the group, after what it committed; waits up to `wait` for the first. Until
    /// they are committed, every poll returns them again. A group has one poller of a topic in each process.
    func poll(group: String, topic: Topic, limit: Int, wait: Duration) async throws -> [LoggedEvent]
    /// The event is handled, and so is everything before it in its partition. Durable when the next poll returns, as long as
    /// the partition stays with this process.
    /// - Returns: False when the offset of the group has changed meanwhile: it was rewound, or the partition was assigned to
    ///   another member. The rest of the batch is then delivered again.
    func commit(_ event: LoggedEvent, group: String) async throws -> Bool
    /// Sets the group back to the beginning of the topic. Members in other processes follow soon after.
    func rewind(group: String, topic: Topic) async throws
    func deadLetter(_ event: Event, group: String, reason: String) async throws
    func deadLetters() async throws -> [DeadLetter]
    /// How many there are of the group; may be some seconds old.
    func deadLetterCount(group: String) async throws -> Int64
    /// Removes the dead letter of the event, if there is one: it was handled, or an operator discards it.
    func removeDeadLetter(of event: EventID, group: String) async throws
    /// Has the group's consumer handle the event once more.
    func retryDeadLetter(of event: EventID, group: String) async throws
    /// The dead letters that the group's consumer has to handle once more.
    func deadLettersToRetry(group: String) async throws -> [DeadLetter]
    /// Events behind the end of the topic that the group has not committed.
    func lag(group: String, topic: Topic) async throws -> Int64
}
