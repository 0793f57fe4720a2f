import Dispatch

extension DispatchQueue {
    /// Runs blocking work on this queue, off Swift's cooperative threads: a serial queue draws on libdispatch's
    /// overcommit pool, which Swift's executor does not use.
    func perform<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
