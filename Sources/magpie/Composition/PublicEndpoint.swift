import Hummingbird
import Web

/// What a public service adds to the request pipeline that all public services share.
struct PublicEndpoint: Sendable {
    /// Whose requests these are, for metrics.
    var service: String
    /// The beginnings of the paths that are the service's; empty for all that no other has.
    var paths: [String] = []
    /// Answers from memory, before a request gets a deadline.
    var cache: (any MiddlewareProtocol<Request, Response, WebContext>)?
    /// Answers within the deadline what no route does.
    var fallback: (any MiddlewareProtocol<Request, Response, WebContext>)?
    var addRoutes: @Sendable (inout APIRouter) -> Void
}

extension Composition {
    /// One or several public endpoints behind the middleware they share.
    ///
    /// - Parameter process: What logs call the server.
    func publicRouter(_ process: String, _ endpoints: [PublicEndpoint], drain: Drain) -> APIRouter {
        let logger = logger(process)
        var router = APIRouter()
        let rest = endpoints.count == 1 ? endpoints.first : endpoints.first { $0.paths.isEmpty }
        let others = endpoints.filter { $0.service != rest?.service }
        router.add(
            middleware: RequestScope(
                service: rest?.service ?? process,
                others: others.map { PathOwner(service: $0.service, prefixes: $0.paths) }, logger: logger,
                trustedProxies: settings.trustedProxies))
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
