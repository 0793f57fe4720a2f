/// The state of one connection and what it decides; no I/O. `RedisLink` performs its decisions.
struct RedisLinkState {
    private static let batchCommands = 1_000
    private static let batchBytes = 1 << 20

    private(set) var connection: RedisConnection?
    /// Not written yet, the oldest first.
    private(set) var waiting: [RedisCommand] = []
    /// Set from a failed attempt to connect until one succeeds: calls fail with it at once.
    private(set) var outage: (any Error)?
    private(set) var attempts = 0
    private(set) var isClosed = false
    private var isWorking = false
    private var isWatched = false

    enum Admission {
        case refused(any Error)
        case accepted(startsWork: Bool)
    }

    mutating func admit(_ command: RedisCommand, atMost limit: Int) -> Admission {
        if let outage { return .refused(outage) }
        if isClosed || waiting.count >= limit { return .refused(RedisLink.unavailable) }
        waiting.append(command)
        defer { isWorking = true }
        return .accepted(startsWork: !isWorking)
    }

    /// Whether there is work left. If not, the next command starts the work again.
    mutating func hasWork() -> Bool {
        isWorking = !waiting.isEmpty
        return isWorking
    }

    /// The commands to write together; those whose callers no longer wait are dropped.
    mutating func takeBatch() -> [RedisCommand] {
        var batch: [RedisCommand] = []
        var (bytes, taken) = (0, 0)
        for command in waiting where batch.count < Self.batchCommands && bytes < Self.batchBytes {
            taken += 1
            guard !command.isSettled else { continue }
            batch.append(command)
            bytes += command.bytes.count
        }
        waiting.removeFirst(taken)
        return batch
    }

    /// False when the link was closed meanwhile.
    mutating func connect(_ fresh: RedisConnection) -> Bool {
        guard !isClosed else { return false }
        connection = fresh
        outage = nil
        attempts = 0
        return true
    }

    mutating func dropConnection() { connection = nil }

    /// Commands that are sent again come first, for they are the oldest. False when the link was closed meanwhile.
    mutating func putBack(_ commands: [RedisCommand]) -> Bool {
        guard !isClosed else { return false }
        waiting.insert(contentsOf: commands, at: 0)
        return true
    }

    /// No connection can be made.
    ///
    /// - Returns: The commands that fail.
    mutating func suspend(_ error: any Error) -> [RedisCommand] {
        connection = nil
        outage = error
        attempts += 1
        isWorking = false
        return takeAll()
    }

    mutating func close() -> [RedisCommand] {
        isClosed = true
        connection = nil
        return takeAll()
    }

    private mutating func takeAll() -> [RedisCommand] {
        defer { waiting = [] }
        return waiting
    }

    // MARK: Deadlines

    /// When to check for expired commands, unless a check is planned already.
    mutating func beginWatch() -> ContinuousClock.Instant? {
        guard !isWatched, let first = waiting.first else { return nil }
        isWatched = true
        return first.deadline
    }

    mutating func takeExpired(at now: ContinuousClock.Instant) -> [RedisCommand] {
        isWatched = false
        let expired = waiting.prefix { $0.deadline <= now }
        waiting.removeFirst(expired.count)
        return Array(expired)
    }
}
