import HTTPTypes
package import Hummingbird

/// Asks clients to leave once draining has begun: otherwise one may send a request on a connection that is just being
/// closed, and cannot know whether it arrived.
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
