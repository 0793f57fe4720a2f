import EventLog

/// The state of a member of a consumer group: its partitions of the topic, and the events that wait to be handled. Pure.
struct Membership {
    private struct Partition {
        /// The offset of the last event that was handled, or the one before the first; nil before the first event.
        var position: Int64?
        /// The offset of the last event that was read.
        var last: Int64?
        /// What to commit: the offset to continue from.
        var next: Int64?
        var isCommitted = true
    }

    private var partitions: [Int32: Partition] = [:]
    /// In the order in which they came, so that no partition starves another.
    private(set) var waiting: [LoggedEvent] = []
    /// Whether the group has assigned partitions to this member, be it none.
    private(set) var isAssigned = false
    var isPaused = false
    /// Whether the partitions of this member have to be read from the beginning, as soon as it has some.
    var mustRewind = false
    /// Until then partitions that are assigned later are rewound too: the member that had them may have missed the request.
    private var rewindsUntil: ContinuousClock.Instant?
    var isClosed = false

    var owned: Set<Int32> { Set(partitions.keys) }
    /// The offset to continue from by partition, committed or not.
    var next: [Int32: Int64] { partitions.compactMapValues(\.next) }

    mutating func assign(_ new: Set<Int32>, at now: ContinuousClock.Instant) {
        for partition in new { partitions[partition] = Partition() }
        isAssigned = true
        if let rewindsUntil, now < rewindsUntil { mustRewind = true }
    }

    /// - Parameter end: When a rebalance that is going on must be over.
    mutating func requestRewind(until end: ContinuousClock.Instant) {
        mustRewind = true
        rewindsUntil = end
    }

    /// - Returns: What was handled and is not committed yet.
    mutating func revoke(_ lost: Set<Int32>) -> [Int32: Int64] {
        let uncommitted = uncommitted.filter { lost.contains($0.key) }
        for partition in lost { partitions[partition] = nil }
        waiting.removeAll { lost.contains($0.partition) }
        if partitions.isEmpty { isAssigned = false }
        return uncommitted
    }

    mutating func receive(_ event: Event, partition: Int32, offset: Int64) {
        guard var state = partitions[partition] else { return }
        let position = state.position ?? offset - 1
        waiting.append(
            LoggedEvent(partition: partition, offset: offset, after: state.last ?? position, event: event))
        state.position = position
        state.last = offset
        partitions[partition] = state
    }

    /// A record that is no event: handled as soon as the events before it are.
    mutating func skip(partition: Int32, offset: Int64) {
        guard partitions[partition] != nil, !waiting.contains(where: { $0.partition == partition }) else { return }
        partitions[partition]?.next = offset + 1
        partitions[partition]?.isCommitted = false
    }

    /// - Returns: Whether the event is the next one of its partition.
    mutating func commit(_ event: LoggedEvent) -> Bool {
        guard let position = partitions[event.partition]?.position, position == event.after else { return false }
        partitions[event.partition]?.position = event.offset
        partitions[event.partition]?.next = event.offset + 1
        partitions[event.partition]?.isCommitted = false
        waiting.removeAll { $0.partition == event.partition && $0.offset <= event.offset }
        return true
    }

    var uncommitted: [Int32: Int64] { partitions.filter { !$0.value.isCommitted }.compactMapValues(\.next) }

    /// These offsets are committed now.
    mutating func confirm(_ offsets: [Int32: Int64]) {
        for (partition, offset) in offsets where partitions[partition]?.next == offset {
            partitions[partition]?.isCommitted = true
        }
    }

    /// These partitions are read from the beginning again.
    mutating func restart(_ rewound: Set<Int32>) {
        for partition in rewound where partitions[partition] != nil {
            partitions[partition] = Partition(next: 0, isCommitted: false)
        }
        waiting.removeAll { rewound.contains($0.partition) }
    }
}
