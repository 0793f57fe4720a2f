import HTTPTypes
package import Hummingbird

/// Tells browsers to come back by HTTPS only (RFC 6797). For services whose public address is https.
package struct StrictTransport: RouterMiddleware {
    package typealias Context = WebContext

    /// A year, in seconds. Subdomains are left out: they need not be ours.
    private static let value = "max-age=31536000"

    package init() {}

    package func handle(_ request: Request, context: WebContext, next: Next) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.strictTransportSecurity] = Self.value
        return response
    }
}
