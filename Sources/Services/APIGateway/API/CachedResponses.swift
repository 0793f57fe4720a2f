import HTTPTypes
package import Hummingbird
import ServiceKit
package import Web

/// Responds to hot reads from the ``ResponseCache``. Nothing here waits, so no deadline is needed.
///
/// Add it in front of ``Deadline``. Requests with a token are not served from the cache: they may see more than others.
package struct CachedResponses: RouterMiddleware {
    package typealias Context = WebContext

    let cache: ResponseCache
    let limiter: RateLimiter

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        guard request.method == .get, request.headers[.authorization] == nil,
            let read = HotRead(request, route: context.route, name: context.parameter("id")),
            let response = cache.response(read.key)
        else { return try await next(request, context) }
        try limiter.admitHere(CallContext.current.clientNetwork, .general)
        return response.response(to: request)
    }
}
