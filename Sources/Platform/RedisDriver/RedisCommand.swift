import Synchronization

/// A command in flight and the caller that waits for its reply. It is settled once; later results are dropped.
final class RedisCommand: Sendable {
    private enum Caller {
        case absent
        case waiting(CheckedContinuation<RedisReply, any Error>)
        case settled(Result<RedisReply, any Error>)
    }

    let bytes: [UInt8]
    let deadline: ContinuousClock.Instant
    private let isSafeToRepeat: Bool
    private let caller = Mutex(Caller.absent)
    private let isRepeated = Atomic(false)

    init(_ arguments: [RedisArgument], deadline: ContinuousClock.Instant, isSafeToRepeat: Bool) {
        bytes = arguments.encoded
        self.deadline = deadline
        self.isSafeToRepeat = isSafeToRepeat
    }

    /// Whether no caller waits for the reply any more.
    var isSettled: Bool {
        caller.withLock { if case .settled = $0 { true } else { false } }
    }

    /// Resumes at once when the command was cancelled before.
    func wait(_ continuation: CheckedContinuation<RedisReply, any Error>) {
        let result = caller.withLock { caller -> Result<RedisReply, any Error>? in
            if case .settled(let result) = caller { return result }
            caller = .waiting(continuation)
            return nil
        }
        if let result { continuation.resume(with: result) }
    }

    func settle(_ result: Result<RedisReply, any Error>) {
        let continuation = caller.withLock { caller -> CheckedContinuation<RedisReply, any Error>? in
            switch caller {
            case .settled: return nil
            case .absent:
                caller = .settled(result)
                return nil
            case .waiting(let continuation):
                caller = .settled(result)
                return continuation
            }
        }
        continuation?.resume(with: result)
    }

    /// Whether it may be sent a second time, its connection having broken. True at most once.
    func takeRepeat(at now: ContinuousClock.Instant) -> Bool {
        isSafeToRepeat && now < deadline && !isSettled
            && isRepeated.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
    }
}
