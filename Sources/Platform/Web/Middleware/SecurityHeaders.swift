import HTTPTypes
package import Hummingbird

/// Adds the headers that keep browsers from guessing, framing and telling.
package struct SecurityHeaders: RouterMiddleware {
    package typealias Context = WebContext

    /// For an API: nothing may be loaded from its answers.
    package static let apiPolicy = "default-src 'none'; frame-ancestors 'none'"

    private let policy: String

    /// - Parameter contentSecurityPolicy: The policy, `frame-ancestors` included. An answer that has its own keeps it.
    package init(contentSecurityPolicy: String = Self.apiPolicy) { policy = contentSecurityPolicy }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "strict-origin-when-cross-origin"
        if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = policy }
        return response
    }
}
