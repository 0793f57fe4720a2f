import HTTPTypes
package import Hummingbird
import ServiceKit
package import Web

/// Gives hot reads that lie ready in memory before anything that may wait, and so needs no deadline, begins.
///
/// Add it in front of ``Deadline``. Requests with a token pass on: they may see more than others.
package struct ReadyAnswers: RouterMiddleware {
    package typealias Context = WebContext

    let cache: ReadyMadeCache
    let limiter: RateLimiter

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        guard request.method == .get, request.headers[.authorization] == nil,
            let read = HotRead(request, route: context.route, name: context.parameter("id")),
            let answer = cache.answer(read.key)
        else { return try await next(request, context) }
        try limiter.admitHere(CallContext.current.clientNetwork, .general)
        return answer.response(to: request)
    }
}

/// A read of the catalogue that everybody gets the same answer to.
enum HotRead {
    case product(String)
    case list(query: String)
    case categories

    /// Under which the cache keeps the answer.
    var key: String {
        switch self {
        case .product(let name): "product/\(name)"
        case .list(let query): "list?\(query)"
        case .categories: "categories"
        }
    }

    /// nil for any other route.
    init?(_ request: Request, route: String, name: String) {
        switch route {
        case RouteTable.prefix + "/products/{id}": self = .product(name)
        case RouteTable.prefix + "/products": self = .list(query: request.uri.query ?? "")
        case RouteTable.prefix + "/categories": self = .categories
        default: return nil
        }
    }
}
