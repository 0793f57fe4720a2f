package import HTTPTypes
package import Hummingbird

/// Hummingbird's router with OpenAPI templates, a list of its routes, and responses for wrong methods.
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
    /// What was registered, in order; `HEAD` is left out.
    package private(set) var routes: [Route] = []
    /// What the body of each may cost.
    package private(set) var bodyBounds: [Route: BodyBounds] = [:]

    package init(_ router: Router<WebContext> = Router(context: WebContext.self)) { self.router = router }

    /// Adds a middleware for the routes that are added later, and for unknown paths.
    package func add(middleware: any MiddlewareProtocol<Request, Response, WebContext>) {
        router.add(middleware: middleware)
    }

    /// Registers `GET` and `HEAD`.
    package mutating func get(_ template: String, use handler: @escaping Handler) {
        on(.get, template, use: handler)
        router.on(RouterPath(template), method: .head) { request, context in
            try await handler(request, context).createHeadResponse()
        }
    }

    package mutating func post(_ template: String, body: BodyBounds = .small, use handler: @escaping Handler) {
        on(.post, template, body, use: handler)
    }
    package mutating func put(_ template: String, body: BodyBounds = .small, use handler: @escaping Handler) {
        on(.put, template, body, use: handler)
    }
    package mutating func patch(_ template: String, body: BodyBounds = .small, use handler: @escaping Handler) {
        on(.patch, template, body, use: handler)
    }
    package mutating func delete(_ template: String, use handler: @escaping Handler) {
        on(.delete, template, use: handler)
    }

    /// From here on, the response to a method that a registered path lacks is 405 `method_not_allowed` and `Allow`.
    package func finish() { router.add(middleware: WrongMethods(routes: routes)) }

    private mutating func on(
        _ method: HTTPRequest.Method, _ template: String, _ body: BodyBounds = .small, use handler: @escaping Handler
    ) {
        router.on(RouterPath(template), method: method) { request, context in
            var context = context
            context.bodyBounds = body
            return try await handler(request, context)
        }
        let route = Route(method: method, template: template)
        routes.append(route)
        bodyBounds[route] = body
    }
}
