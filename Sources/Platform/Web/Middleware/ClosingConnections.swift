import HTTPTypes
package import Hummingbird

/// Closes the connection of every response once draining has begun. Otherwise a client may send a request on a connection
/// that is being closed, and cannot know whether it arrived.
package struct ClosingConnections: RouterMiddleware {
    package typealias Context = WebContext

    private let drain: Drain

    package init(_ drain: Drain) { self.drain = drain }

    package func handle(_ request: Request, context: WebContext, next: Next) async throws -> Response {
        var response = try await next(request, context)
        if drain.isDraining { response.headers[.connection] = "close" }
        return response
    }
}
