/// Runs `body` and cancels it at the deadline.
///
/// Throws `deadlineExceeded` when the body failed after that; a body that ignores cancellation is waited for.
package func withDeadline<Value: Sendable>(
    _ deadline: ContinuousClock.Instant, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try? await ContinuousClock().sleep(until: deadline)
            return nil
        }
        defer { group.cancelAll() }
        if let value = try await group.next() ?? nil { return value }
        // The timer fired, or the whole task was cancelled.
        group.cancelAll()
        do {
            if let value = try await group.next() ?? nil { return value }
        } catch  where ContinuousClock.now < deadline {
            throw error
        } catch {}
        throw ServiceError.deadlineExceeded
    }
}
