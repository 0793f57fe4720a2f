import EventLog

/// What a member of a consumer group has of its topic: partitions, and events that wait to be done. Pure.
struct Membership {
    private struct Partition {
        /// The offset of the last event that is done, or the one before the first; nil until the first has come.
        var position: Int64?
        /// The offset of the last event that has come.
        var last: Int64?
        /// What to commit: the offset to go on from.
        var next: Int64?
        var isCommitted = true
    }

    private var partitions: [Int32: Partition] = [:]
    /// In the order in which they came, so that no partition starves another.
    private(set) var waiting: [LoggedEvent] = []
    /// The group has told this member what is its, be it nothing.
    private(set) var isAssigned = false
    var isPaused = false
    /// Somebody wants what this member has read from the beginning, as soon as it has something.
    var isToRewind = false
    /// Until then also what this member is given: the member that had it may have missed the wish.
    private var rewindsUntil: ContinuousClock.Instant?
    var isClosed = false

    var owned: Set<Int32> { Set(partitions.keys) }
    /// What is done here, committed or not, by partition: the offset to go on from.
    var next: [Int32: Int64] { partitions.compactMapValues(\.next) }

    mutating func assign(_ new: Set<Int32>, at now: ContinuousClock.Instant) {
        for partition in new { partitions[partition] = Partition() }
        isAssigned = true
        if let rewindsUntil, now < rewindsUntil { isToRewind = true }
    }

    /// From now on, for as long as a group that is being shared out may take.
    mutating func wantRewind(until end: ContinuousClock.Instant) {
        isToRewind = true
        rewindsUntil = end
    }

    /// - Returns: What was done and is not committed yet.
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

    /// A record that is no event: done as soon as what came before it is.
    mutating func skip(partition: Int32, offset: Int64) {
        guard partitions[partition] != nil, !waiting.contains(where: { $0.partition == partition }) else { return }
        partitions[partition]?.next = offset + 1
        partitions[partition]?.isCommitted = false
    }

    /// - Returns: Whether the event is what the partition waits for.
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
