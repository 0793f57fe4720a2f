import CKafka
import Commerce
import EventLog
import Foundation
import Logging
import Synchronization

/// The client of a group member. All but `membership` is used on the polling thread only.
final class GroupMember: Sendable {
    let membership = Monitor(Membership())
    let client: KafkaClient
    private let topic: Topic
    private let topicName: String
    private let logger: Logger
    /// The most events that wait in memory.
    private let capacity = 500
    /// How long a member that is full keeps its prefetched records before it pauses.
    private let pauseAfter = Duration.seconds(2)
    private let fullSince = Mutex<ContinuousClock.Instant?>(nil)
    private let poll: KafkaPoll

    init(_ settings: KafkaSettings, group: String, topic: Topic, logger: Logger) throws {
        self.topic = topic
        self.logger = logger
        topicName = settings.name(of: topic)
        let isIncremental = settings.assignment == .cooperativeSticky
        let callbacks = KafkaCallbacks(logger: logger) { [membership, topicName] client, code, list in
            let partitions = PartitionOffsets.partitions(of: list)
            if code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS {
                // Pauses outlive a rebalance, in librdkafka: what was paused once would never be read again.
                PartitionOffsets.withList(topicName, partitions.zeroes) { _ = rd_kafka_resume_partitions(client, $0) }
                let wasPaused = membership.change { membership in
                    membership.assign(partitions, at: .now)
                    defer { membership.isPaused = false }
                    return membership.isPaused
                }
                if isIncremental {
                    rd_kafka_error_destroy(rd_kafka_incremental_assign(client, list))
                } else {
                    rd_kafka_assign(client, list)
                }
                if wasPaused {
                    let owned = membership.read(\.owned)
                    PartitionOffsets.withList(topicName, owned.zeroes) { _ = rd_kafka_resume_partitions(client, $0) }
                }
            } else {
                // From here on `commit` returns false, so that nothing is recorded that is not committed.
                let uncommitted = membership.change { $0.revoke(partitions) }
                if rd_kafka_assignment_lost(client) == 0 {
                    do {
                        try Self.commit(uncommitted, of: topicName, client)
                    } catch {
                        logger.debug(
                            "Not all events are committed and will be delivered again", metadata: ["error": "\(error)"])
                    }
                }
                if isIncremental {
                    rd_kafka_error_destroy(rd_kafka_incremental_unassign(client, list))
                } else {
                    rd_kafka_assign(client, nil)
                }
            }
        }
        client = try KafkaClient(
            .consumer, settings.memberProperties(groupID: settings.groupID(group, topic)), callbacks)
        poll = KafkaPoll(client, settings)
        let code = PartitionOffsets.withList(topicName, [-1: 0]) { rd_kafka_subscribe(client.handle, $0) }
        try KafkaFailure.check(code)
    }

    /// Reads one record, or waits a moment.
    func step() {
        membership.resumeExpiredWaiters()
        if membership.read({ $0.mustRewind && $0.isAssigned }) {
            membership.change { $0.mustRewind = false }
            rewindOrLog()
        }
        guard hasRoom() else { return Thread.sleep(forTimeInterval: 0.005) }  // Until some of it has been handled.
        if let message = poll.next(mayPause: !membership.read(\.isPaused)) { receive(message) }
    }

    private func receive(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
        defer { rd_kafka_message_destroy(message) }
        if message.pointee.err == RD_KAFKA_RESP_ERR__PARTITION_EOF { return }
        if let failure = KafkaFailure(message.pointee.err) {
            logger.warning("Kafka's consumer reports", metadata: ["error": "\(failure.message)"])
            return
        }
        let (partition, offset) = (message.pointee.partition, message.pointee.offset)
        let record = KafkaRecord(message, topic: topicName)
        if let record, let event = Event(record, topic: topic, key: record.key) {
            membership.change { $0.receive(event, partition: partition, offset: offset) }
        } else {
            logger.error(
                "A record is no event and was skipped",
                metadata: ["topic": "\(topicName)", "partition": "\(partition)", "offset": "\(offset)"])
            membership.change { $0.skip(partition: partition, offset: offset) }
        }
    }

    /// Whether to poll. A member that is full stops polling for a moment. When its events are still not handled, it pauses
    /// its partitions, which discards prefetched records, and polls on: so it keeps its place in the group, and slow
    /// handlers never lose their partitions.
    private func hasRoom() -> Bool {
        let (count, isPaused) = membership.read { ($0.waiting.count, $0.isPaused) }
        if isPaused {
            if count < capacity / 4 { setPaused(false) }
            return true
        }
        let now = ContinuousClock.now
        let since = fullSince.withLock { since in
            since = count < capacity ? nil : since ?? now
            return since
        }
        guard let since else { return true }
        guard now - since > pauseAfter else { return false }
        setPaused(true)
        return true
    }

    private func setPaused(_ isPaused: Bool) {
        PartitionOffsets.withList(topicName, membership.read(\.owned).zeroes) { list in
            _ =
                isPaused
                ? rd_kafka_pause_partitions(client.handle, list) : rd_kafka_resume_partitions(client.handle, list)
        }
        membership.change { $0.isPaused = isPaused }
    }

    /// Commits the handled offsets. Throws `KafkaFailure` when the coordinator does not respond.
    func commit() throws {
        let offsets = membership.read(\.uncommitted)
        do {
            try Self.commit(offsets, of: topicName, client.handle)
            membership.change { $0.confirm(offsets) }
        } catch let failure as KafkaFailure where failure.isNotAMember {
            // The partitions are about to be reassigned. Uncommitted events are delivered again, to this member or another.
            logger.debug("Not all events are committed and will be delivered again", metadata: ["error": "\(failure)"])
        }
    }

    private static func commit(_ offsets: [Int32: Int64], of topic: String, _ client: OpaquePointer) throws {
        if offsets.isEmpty { return }
        let code = PartitionOffsets.withList(topic, offsets) { rd_kafka_commit(client, $0, 0) }
        try KafkaFailure.check(code)
    }

    /// - Returns: The partitions that are read from the beginning now. Throws `KafkaFailure`.
    func rewind() throws -> Set<Int32> {
        let owned = membership.read(\.owned)
        if owned.isEmpty { return [] }
        let isPaused = membership.change { membership in
            defer { membership.isPaused = false }
            return membership.isPaused
        }
        let beginning = owned.reduce(into: [:]) { $0[$1] = Int64(RD_KAFKA_OFFSET_BEGINNING) }
        if isPaused {
            PartitionOffsets.withList(topicName, beginning) { _ = rd_kafka_resume_partitions(client.handle, $0) }
        }
        var left = beginning
        // A partition that has just been assigned cannot be set back until it is being read.
        for _ in 0..<50 {
            let sought = try seek(left)
            membership.change { $0.restart(sought) }
            left = left.filter { !sought.contains($0.key) }
            if left.isEmpty { break }
            Thread.sleep(forTimeInterval: 0.1)  // On the polling thread, which serves nothing else.
        }
        if !left.isEmpty { throw KafkaFailure.timedOut }
        try commit()
        return owned
    }

    private func seek(_ offsets: [Int32: Int64]) throws -> Set<Int32> {
        try PartitionOffsets.withList(topicName, offsets) { list in
            if let error = rd_kafka_seek_partitions(client.handle, list, 5_000) {
                defer { rd_kafka_error_destroy(error) }
                try KafkaFailure.check(rd_kafka_error_code(error))
            }
            return Set(PartitionOffsets.read(list).keys)
        }
    }

    private func rewindOrLog() {
        do {
            _ = try rewind()
            logger.notice("Reading from the beginning, as an operator requested", metadata: ["topic": "\(topicName)"])
        } catch {
            logger.error("Cannot read from the beginning", metadata: ["topic": "\(topicName)", "error": "\(error)"])
        }
    }

    /// Runs last, on the polling thread.
    func leave() {
        rd_kafka_consumer_close(client.handle)
        membership.change { $0.isClosed = true }
    }
}

extension Set<Int32> {
    /// Each of them with the offset 0.
    var zeroes: [Int32: Int64] { reduce(into: [:]) { $0[$1] = 0 } }
}
