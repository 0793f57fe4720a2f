import HTTPTypes
package import Hummingbird

/// Adds `Strict-Transport-Security` (RFC 6797): browsers use HTTPS only from then on. For services whose public address is https.
package struct StrictTransport: RouterMiddleware {
    package typealias Context = WebContext

    /// A year, in seconds. Subdomains are left out: they may belong to others.
    private static let value = "max-age=31536000"

    package init() {}

    package func handle(_ request: Request, context: WebContext, next: Next) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.strictTransportSecurity] = Self.value
        return response
    }
}
