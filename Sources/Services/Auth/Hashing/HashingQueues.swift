import Calls
import Dispatch
import Synchronization

/// Where passwords are hashed: two threads of their own, never Swift's cooperative ones. A hash keeps a core busy for
/// about 0.2 s; on the cooperative pool, which has as many threads as there are cores, a few logins at once would stop
/// everything else in the process. Serial dispatch queues draw on libdispatch's overcommit pool, which is another set
/// of threads than the one Swift's executor uses, so the kernel shares the cores between both fairly. Two at once also
/// bounds the memory (16 MiB each), and a full line is refused rather than grown.
final class HashingQueues: Sendable {
    private let queues: [DispatchQueue]
    private let state = Mutex((next: 0, waiting: 0))
    private let limit: Int

    /// - Parameter limit: How many may wait or run; with two at 0.2 s, the last of 32 waits some 3 s.
    init(width: Int = 2, limit: Int = 32) {
        queues = (0..<width).map { DispatchQueue(label: "magpie.auth.hashing.\($0)") }
        self.limit = limit
    }

    /// Throws `unavailable` when too many wait, `deadline_exceeded` when the caller's time was up before its turn.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let queue = try state.withLock { state in
            guard state.waiting < limit else { throw ServiceError.unavailable("The account service") }
            state.waiting += 1
            state.next = (state.next + 1) % queues.count
            return queues[state.next]
        }
        defer { state.withLock { $0.waiting -= 1 } }
        let deadline = CallContext.current.deadline
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        if let deadline, deadline < .now { throw ServiceError.deadlineExceeded }
                        return try work()
                    })
            }
        }
    }
}
