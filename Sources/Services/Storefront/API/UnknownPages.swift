package import Hummingbird
package import Web

/// Responds to unknown addresses and methods with a page; addresses of the API keep the API's own error responses.
package struct UnknownPages: RouterMiddleware {
    package typealias Context = WebContext

    private static let apiPaths = ["/api", "/.well-known/", "/openapi.json"]
    private let pipeline: PagePipeline

    init(pipeline: PagePipeline) { self.pipeline = pipeline }

    package func handle(_ request: Request, context: WebContext, next: Next) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return try await page(for: error, request, context)
        } catch let error as WebError where error.status == .methodNotAllowed {
            return try await page(for: error, request, context)
        }
    }

    private func page(for error: any Error, _ request: Request, _ context: WebContext) async throws -> Response {
        if Self.apiPaths.contains(where: request.uri.path.hasPrefix) { throw error }
        return await pipeline.respond(to: request, context) { _ in throw error }
    }
}
