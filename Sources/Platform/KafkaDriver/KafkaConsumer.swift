import EventLog
import Logging
import ServiceKit

/// A member of one group, for one topic.
final class KafkaConsumer: Sendable {
    private let reader: GroupReader
    private let thread: PollingThread
    /// How long it may take until every partition has its member again.
    private let shareOut: Duration

    /// Joins the group in the background.
    init(_ settings: KafkaSettings, group: String, topic: Topic, logger: Logger) throws {
        let reader = try GroupReader(settings, group: group, topic: topic, logger: logger)
        self.reader = reader
        shareOut = settings.sessionTimeout * 2
        thread = PollingThread(
            "kafka \(group)", wake: reader.client.wake, step: reader.step, end: reader.leave)
    }

    private var membership: Watched<Membership> { reader.membership }

    func poll(limit: Int, wait: Duration) async throws -> [LoggedEvent] {
        if membership.read({ !$0.uncommitted.isEmpty }) { try await mapping { [reader] in try reader.commit() } }
        try await membership.wait(until: .now + wait) { !$0.waiting.isEmpty || $0.isClosed }
        let (events, isClosed) = membership.read { (Array($0.waiting.prefix(limit)), $0.isClosed) }
        if isClosed { throw KafkaError(.closed, "the event log is closed") }
        return events
    }

    /// Noted here; committed before the next poll returns, when the partition goes, and at the end.
    func commit(_ event: LoggedEvent) -> Bool { membership.change { $0.commit(event) } }

    /// Reads what this member has from the beginning again.
    ///
    /// - Returns: The partitions it has.
    func rewind() async throws -> Set<Int32> {
        try await membership.wait(until: .now + .seconds(10)) { $0.isAssigned || $0.isClosed }
        if membership.read({ !$0.isAssigned }) { throw ServiceError.unavailable("Kafka") }
        return try await mapping { [reader] in try reader.rewind() }
    }

    /// The same, soon, also when the group is just being shared out; a failure is logged.
    func rewindSoon() { membership.change { [shareOut] in $0.wantRewind(until: .now + shareOut) } }

    /// Whether this member alone acts for the group, where one of them has to.
    var actsForGroup: Bool { membership.read { $0.owned.contains(0) } }

    /// The offset to go on from, of the partitions this member has and knows about.
    var next: [Int32: Int64] { membership.read(\.next) }

    /// It can never read again, as when another process has taken its place in the group.
    var isBroken: Bool { reader.client.isBroken }

    /// For questions that any client of the group may ask.
    var client: KafkaClient { reader.client }

    /// Commits what is done, and leaves the group.
    func close() async { await thread.stop() }

    private func mapping<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        do {
            return try await thread.run(body)
        } catch let failure as KafkaFailure {
            throw failure.error
        }
    }
}
