import Dispatch
import Synchronization

/// Work whose cost a caller chooses, such as reading a large document: on a thread of its own, one at a time. However
/// much of it there is, it takes one core at most, and none of the threads that everybody shares.
package final class CostlyWork: Sendable {
    private let queue: DispatchQueue

    package init(_ label: String) { queue = DispatchQueue(label: label) }

    /// Runs `body` when its turn has come; not at all when the task was cancelled before.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let abandonment = Abandonment()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
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
}

private final class Abandonment: Sendable {
    let isKnown = Atomic(false)
}
