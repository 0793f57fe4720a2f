import Calls
import HTTPTypes
package import Hummingbird

/// Refuses a body that announces itself as too large, before any of it is read.
///
/// Bodies without `Content-Length` are bounded where they are read, by ``RequestFields``.
package struct BodyLimit: RouterMiddleware {
    package typealias Context = WebContext

    private let bytes: Int

    package init(_ bytes: Int = RequestFields.maximumBodySize) { self.bytes = bytes }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        if let text = request.headers[.contentLength] {
            guard let length = Int(text), length >= 0 else {
                throw ServiceError(.unreadable, code: "bad_request", "Content-Length is not a number.")
            }
            guard length <= bytes else { throw ServiceError.bodyTooLarge }
        }
        return try await next(request, context)
    }
}
