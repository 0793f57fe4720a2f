import HTTPTypes
import Hummingbird

/// Responds with 405 to any method that a known path lacks: the router itself would treat it as an unknown path.
struct WrongMethods: RouterMiddleware {
    typealias Context = WebContext

    private struct Resource {
        let template: String
        let segments: [Substring]
        let allow: [String]

        var parameters: Int { segments.count { $0.hasPrefix("{") } }

        func matches(_ path: [Substring]) -> Bool {
            path.count == segments.count && zip(segments, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    /// Those with the fewest parameters first: a literal path wins over a pattern.
    private let resources: [Resource]

    init(routes: [APIRouter.Route]) {
        resources = Dictionary(grouping: routes, by: \.template).map { template, routes in
            var methods = Set(routes.map(\.method))
            if methods.contains(.get) { methods.insert(.head) }
            return Resource(
                template: template, segments: template.split(separator: "/"),
                allow: APIRouter.knownMethods.filter(methods.contains).map(\.rawValue))
        }.sorted { $0.parameters < $1.parameters }
    }

    func handle(_ request: Request, context: WebContext, next: Next) async throws -> Response {
        let path = request.uri.path.split(separator: "/")
        guard context.endpointPath == nil, let resource = resources.first(where: { $0.matches(path) }) else {
            return try await next(request, context)
        }
        context.coreContext.endpointPath.value = resource.template  // For the metrics.
        throw WebError.methodNotAllowed(allow: resource.allow)
    }
}
