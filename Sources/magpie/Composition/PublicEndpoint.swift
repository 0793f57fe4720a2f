import Hummingbird
import Web

/// What a public service adds to the request pipeline that all public services share.
struct PublicEndpoint: Sendable {
    /// Answers from memory, before a request gets a deadline.
    var cache: (any MiddlewareProtocol<Request, Response, WebContext>)?
    /// Answers within the deadline what no route does.
    var fallback: (any MiddlewareProtocol<Request, Response, WebContext>)?
    var addRoutes: @Sendable (inout APIRouter) -> Void
}

extension Composition {
    /// One or several public endpoints behind the middleware they share.
    ///
    /// - Parameter service: What logs and traces call the server.
    func publicRouter(_ service: String, _ endpoints: [PublicEndpoint], drain: Drain) -> APIRouter {
        let logger = logger(service)
        var router = APIRouter()
        router.add(
            middleware: RequestScope(service: service, logger: logger, trustedProxies: settings.trustedProxies))
        router.add(middleware: ClosingConnections(drain))
        router.add(middleware: SecurityHeaders())
        if settings.isSecure { router.add(middleware: StrictTransport()) }
        router.add(middleware: ProblemErrors(logger: logger))
        router.add(middleware: HostHeader())
        router.add(middleware: BodyLimit())
        for case let cache? in endpoints.map(\.cache) { router.add(middleware: cache) }
        router.add(middleware: Deadline())
        for case let fallback? in endpoints.map(\.fallback) { router.add(middleware: fallback) }
        for endpoint in endpoints { endpoint.addRoutes(&router) }
        router.finish()
        return router
    }
}
