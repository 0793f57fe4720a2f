import Calls
package import Hummingbird
package import Web

/// Answers addresses nobody knows with the 404 page; what belongs to the API keeps its own kind of answer.
package struct UnknownPages: RouterMiddleware {
    package typealias Context = WebContext

    private static let apiPaths = ["/api", "/.well-known/", "/openapi.json"]
    private let door: Door

    init(door: Door) { self.door = door }

    package func handle(_ request: Request, context: WebContext, next: Next) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            if Self.apiPaths.contains(where: request.uri.path.hasPrefix) { throw error }
            return await door.answer(request, context) { _ in throw ServiceError.notFound("page") }
        }
    }
}
