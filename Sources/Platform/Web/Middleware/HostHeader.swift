import HTTPTypes
package import Hummingbird
import ServiceKit

/// Refuses requests with no `Host` or several: a proxy may use another one than this server (RFC 9112, section 3.2).
package struct HostHeader: RouterMiddleware {
    package typealias Context = WebContext

    package init() {}

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        // The first one is the authority; further ones are among the headers.
        guard request.head.authority?.isEmpty == false,
            !request.headers.contains(where: { $0.name.canonicalName == "host" })
        else { throw ServiceError(ErrorCode.badRequest, "Send exactly one Host header.") }
        return try await next(request, context)
    }
}
