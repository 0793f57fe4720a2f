import Foundation
import Synchronization

/// Work whose cost a caller chooses, such as reading a large document: on a thread of its own, one at a time, and behind
/// everything else that waits for a core. However much of it there is, it takes none of the threads that others share,
/// and no time that others need.
package final class CostlyWork: Sendable {
    private let queue = WorkQueue()

    /// - Parameter name: Of the thread.
    package init(_ name: String) {
        Thread.detachNewThread { [queue] in
            Thread.current.name = name
            Self.yieldToOthers()
            while let work = queue.next() { work() }
        }
    }

    deinit { queue.add(nil) }

    /// Runs `body` when its turn has come; not at all when the task was cancelled before.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let abandonment = Abandonment()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.add {
                    guard !abandonment.isKnown.load(ordering: .relaxed) else {
                        return continuation.resume(throwing: CancellationError())
                    }
                    continuation.resume(with: Result { try body() })
                }
            }
        } onCancel: {
            abandonment.isKnown.store(true, ordering: .relaxed)
        }
    }

    /// On Linux a thread has a nice value of its own (setpriority(2), "C library/kernel differences").
    private static func yieldToOthers() {
        #if os(Linux)
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
        #else
            Thread.current.qualityOfService = .utility
        #endif
    }
}

private final class Abandonment: Sendable {
    let isKnown = Atomic(false)
}

/// What a thread has to do, in the order in which it was asked.
private final class WorkQueue: Sendable {
    private let waiting = Mutex<[(@Sendable () -> Void)?]>([])
    private let count = DispatchSemaphore(value: 0)

    /// - Parameter work: Nil ends the thread.
    func add(_ work: (@Sendable () -> Void)?) {
        waiting.withLock { $0.append(work) }
        count.signal()
    }

    /// Waits for it. Nil when there will be none.
    func next() -> (@Sendable () -> Void)? {
        count.wait()
        return waiting.withLock { $0.removeFirst() }
    }
}
