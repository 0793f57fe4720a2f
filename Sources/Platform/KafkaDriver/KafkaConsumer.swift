import EventLog
import Logging
import ServiceKit

/// A member of one group, for one topic.
final class KafkaConsumer: Sendable {
    private let member: GroupMember
    private let thread: PollingThread
    /// How long a rebalance may take.
    private let rebalanceTime: Duration

    /// Joins the group in the background.
    init(_ settings: KafkaSettings, group: String, topic: Topic, logger: Logger) throws {
        let member = try GroupMember(settings, group: group, topic: topic, logger: logger)
        self.member = member
        rebalanceTime = settings.sessionTimeout * 2
        thread = PollingThread(
            "kafka \(group)", wake: member.client.wake, step: member.step, end: member.leave)
    }

    private var membership: Monitor<Membership> { member.membership }

    func poll(limit: Int, wait: Duration) async throws -> [LoggedEvent] {
        if membership.read({ !$0.uncommitted.isEmpty }) { try await mapping { [member] in try member.commit() } }
        try await membership.wait(until: .now + wait) { !$0.waiting.isEmpty || $0.isClosed }
        let (events, isClosed) = membership.read { (Array($0.waiting.prefix(limit)), $0.isClosed) }
        if isClosed { throw KafkaError(.closed, "the event log is closed") }
        return events
    }

    /// Recorded here. Committed before the next poll returns, when the partition is revoked, and at the end.
    func commit(_ event: LoggedEvent) -> Bool { membership.change { $0.commit(event) } }

    /// Reads the partitions of this member from the beginning again.
    ///
    /// - Returns: The partitions of this member.
    func rewind() async throws -> Set<Int32> {
        try await membership.wait(until: .now + .seconds(10)) { $0.isAssigned || $0.isClosed }
        if membership.read({ !$0.isAssigned }) { throw ServiceError.unavailable("Kafka") }
        return try await mapping { [member] in try member.rewind() }
    }

    /// The same without waiting for it, during a rebalance too. A failure is logged.
    func rewindSoon() { membership.change { [rebalanceTime] in $0.requestRewind(until: .now + rebalanceTime) } }

    /// Whether this is the member that acts for the group where exactly one has to.
    var actsForGroup: Bool { membership.read { $0.owned.contains(0) } }

    /// The offsets to continue from, of the partitions of this member that are known.
    var next: [Int32: Int64] { membership.read(\.next) }

    /// Whether it can never read again, as when another process has taken its place in the group.
    var isBroken: Bool { member.client.isBroken }

    /// For queries that any client of the group may make.
    var client: KafkaClient { member.client }

    /// Commits the handled offsets, and leaves the group.
    func close() async { await thread.stop() }

    private func mapping<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        do {
            return try await thread.run(body)
        } catch let failure as KafkaFailure {
            throw failure.error
        }
    }
}
