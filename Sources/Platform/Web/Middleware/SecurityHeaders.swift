import HTTPTypes
package import Hummingbird

/// Adds the headers against content sniffing, framing and referrers.
package struct SecurityHeaders: RouterMiddleware {
    package typealias Context = WebContext

    /// For an API: its responses may load nothing.
    package static let apiPolicy = "default-src 'none'; frame-ancestors 'none'"

    private let policy: String

    /// - Parameter contentSecurityPolicy: The policy, `frame-ancestors` included. A response with a policy of its own keeps it.
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
