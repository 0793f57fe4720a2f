package import Hummingbird
import ServiceKit

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
