package import Hummingbird
import ServiceKit

/// Cancels the handler when the call's deadline passes, and responds with 503 `deadline_exceeded`.
///
/// The response of a handler that finishes all the same is sent, so that the client learns of its effect.
package struct Deadline: RouterMiddleware {
    package typealias Context = WebContext

    package init() {}

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        guard let deadline = CallContext.current.deadline else { return try await next(request, context) }
        let limited: (@escaping ScopedChain.Call) async throws -> Response = { next in
            let rest = ScopedChain(next: next)
            return try await withDeadline(deadline) { try await rest.next(request, context) }
        }
        return try await withoutActuallyEscaping(next, do: limited)
    }
}

/// The rest of the chain on its way to a child task. Unchecked, because Hummingbird does not mark it `@Sendable`: the
/// child ends within the scope of the closure, and is its only caller.
private struct ScopedChain: @unchecked Sendable {
    typealias Call = @concurrent (Request, WebContext) async throws -> Response
    let next: Call
}
