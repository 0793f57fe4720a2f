package import Hummingbird
import Logging
package import NIOCore
package import ServiceKit

/// What travels with a request through middleware to its handler.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address of the network peer, nil in tests; never logged in clear.
    package let remoteAddress: SocketAddress?
    /// Who makes the request; `anonymous` until a middleware knows better.
    package var principal = Principal.anonymous
    /// The `x-request-id` of the response: the trace id.
    package var requestID = ""
    /// The bounds of the route's body.
    package var bodyBounds = BodyBounds.small
    /// The budget that the body's bytes count for.
    package var bodyMemory = BodyMemory.ofThisProcess

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// The template of the matched route, such as `/api/v1/products/{id}`, or `unmatched`.
    package var route: String {
        guard let path = endpointPath, path.hasPrefix("/") else { return "unmatched" }
        return path
    }

    /// A path parameter of the route, percent-decoded; empty when the template has no such parameter.
    package func parameter(_ name: String) -> String {
        guard let raw = parameters.get(name) else { return "" }
        return PercentEncoding.decoded(raw.utf8) ?? raw
    }
}

/// The rest of the middleware chain, as Hummingbird passes it.
package typealias Next = @concurrent (Request, WebContext) async throws -> Response
