package import HTTPTypes
package import Hummingbird

/// Hummingbird's router with OpenAPI templates, a list of what was registered, and answers for wrong methods.
///
/// Add middleware first: it applies to routes registered after it. Call ``finish()`` after the last route.
package struct APIRouter {
    /// A method and the template it is registered for.
    package struct Route: Hashable, Sendable {
        package let method: HTTPRequest.Method
        package let template: String

        package init(method: HTTPRequest.Method, template: String) {
            self.method = method
            self.template = template
        }
    }
    package typealias Handler = @Sendable (Request, WebContext) async throws -> Response

    /// The methods of RFC 9110 and RFC 5789.
    package static let knownMethods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
    ]

    package let router: Router<WebContext>
    /// What was registered, in order, without the answers that ``finish()`` adds.
    package private(set) var routes: [Route] = []
    private var readers: [String: Handler] = [:]

    package init(_ router: Router<WebContext> = Router(context: WebContext.self)) { self.router = router }

    /// Adds a middleware for the routes to come, and for unknown paths.
    package func add(middleware: any MiddlewareProtocol<Request, Response, WebContext>) {
        router.add(middleware: middleware)
    }

    /// Registers `GET`; `HEAD` comes with it.
    package mutating func get(_ template: String, use handler: @escaping Handler) {
        readers[template] = handler
        on(.get, template, use: handler)
    }

    package mutating func post(_ template: String, use handler: @escaping Handler) { on(.post, template, use: handler) }
    package mutating func put(_ template: String, use handler: @escaping Handler) { on(.put, template, use: handler) }
    package mutating func patch(_ template: String, use handler: @escaping Handler) {
        on(.patch, template, use: handler)
    }
    package mutating func delete(_ template: String, use handler: @escaping Handler) {
        on(.delete, template, use: handler)
    }

    /// Answers every method a template lacks with 405 `method_not_allowed` and `Allow`, and `HEAD` where there is
    /// `GET`.
    package mutating func finish() {
        for (template, registered) in Dictionary(grouping: routes, by: \.template) {
            var methods = Set(registered.map(\.method))
            if let reader = readers[template], methods.insert(.head).inserted {
                router.on(RouterPath(template), method: .head) { request, context in
                    try await reader(request, context).createHeadResponse()
                }
            }
            let allowed = Self.knownMethods.filter(methods.contains).map(\.rawValue)
            for method in Self.knownMethods where !methods.contains(method) {
                router.on(RouterPath(template), method: method) { _, _ -> Response in
                    throw WebError.methodNotAllowed(allow: allowed)
                }
            }
        }
    }

    private mutating func on(_ method: HTTPRequest.Method, _ template: String, use handler: @escaping Handler) {
        router.on(RouterPath(template), method: method) { request, context in try await handler(request, context) }
        routes.append(Route(method: method, template: template))
    }
}
