import Calls
package import Hummingbird

/// Cancels the handler when the call's deadline passes, and answers 503 `deadline_exceeded`.
///
/// A handler that finishes all the same has its answer sent: what it did should be known.
package struct Deadline: RouterMiddleware {
    package typealias Context = WebContext

    package init() {}

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        guard let deadline = CallContext.current.deadline else { return try await next(request, context) }
        let limited: (@escaping LentChain.Call) async throws -> Response = { next in
            let rest = LentChain(next: next)
            return try await withDeadline(deadline) { try await rest.next(request, context) }
        }
        return try await withoutActuallyEscaping(next, do: limited)
    }
}

/// The rest of the chain on its way to a child task. Unchecked, because Hummingbird does not mark it `@Sendable`: the
/// child ends before the scope that lends it, and nobody else calls it meanwhile.
private struct LentChain: @unchecked Sendable {
    typealias Call = @concurrent (Request, WebContext) async throws -> Response
    let next: Call
}

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
