import HTTPTypes
package import Hummingbird
import ServiceKit

/// Refuses a body whose `Content-Length` is above the limit of every route, before any of it is read.
///
/// The bounds of each route, and of bodies without `Content-Length`, are kept where they are read, by ``ReceivedBody``.
package struct BodyLimit: RouterMiddleware {
    package typealias Context = WebContext

    private let bytes: Int

    package init(_ bytes: Int = BodyBounds.mostBytes) { self.bytes = bytes }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        if let text = request.headers[.contentLength] {
            guard let length = Int(text), length >= 0 else {
                throw ServiceError(ErrorCode.badRequest, "Content-Length is not a number.")
            }
            guard length <= bytes else { throw ServiceError.bodyTooLarge(bytes) }
        }
        return try await next(request, context)
    }
}
