package import CoreMetrics
import HTTPTypes
package import Hummingbird
package import Logging
import ServiceKit

/// Gives each request its trace, deadline and client network, and measures it. The outermost middleware.
///
/// Responses carry `x-request-id` (the trace id) and `traceresponse`. Each request is one observation of
/// `http.server.request.duration` and one access log line, both by route template: raw paths and
/// personal data stay out.
package struct RequestScope: RouterMiddleware {
    package typealias Context = WebContext

    private let logger: Logger
    private let timeLimit: Duration
    private let trustedProxies: Int
    private let metrics: RequestMetrics
    private let others: [(owner: PathOwner, metrics: RequestMetrics)]

    /// - Parameters:
    ///   - service: Whose requests these are, for metrics.
    ///   - others: Other services that answer some paths of this server.
    ///   - timeLimit: How long a request may take in all.
    ///   - trustedProxies: The number of own proxies before the server. The client is the entry of `X-Forwarded-For` at that
    ///     position from its end; with 0 it is the peer.
    package init(
        service: String, others: [PathOwner] = [], logger: Logger, timeLimit: Duration = .seconds(10),
        trustedProxies: Int = 0,
        metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        self.logger = logger
        self.timeLimit = timeLimit
        self.trustedProxies = trustedProxies
        self.metrics = RequestMetrics(service: service, factory: metrics)
        self.others = others.map { ($0, RequestMetrics(service: $0.service, factory: metrics)) }
    }

    package func handle(
        _ request: Request, context: WebContext, next: Next
    ) async throws -> Response {
        let start = ContinuousClock.now
        let parent = request.headers[.traceparent].flatMap {
            TraceContext(traceparent: $0, state: request.headers[values: .tracestate])
        }
        var context = context
        context.logger.logLevel = logger.logLevel
        let call = CallContext(
            deadline: start.advanced(by: timeLimit), clientNetwork: clientNetwork(of: request, context))
        let metrics = others.first { $0.owner.owns(request.uri.path) }?.metrics ?? metrics
        metrics.active.increment(by: 1)
        defer { metrics.active.decrement(by: 1) }
        let method = RequestMetrics.label(of: request.method)
        return try await call.run(
            as: .server, method, of: metrics.service, after: parent, ["http.request.method": .text(method)]
        ) { [context] span in
            let trace = CallContext.current.trace
            var context = context
            context.requestID = trace.traceID
            do {
                var response = try await next(request, context)
                response.headers[.requestID] = trace.traceID
                response.headers[.traceResponse] = trace.traceparent
                record(request, context, status: response.status.code, since: start, in: metrics)
                span.end(method, context.route, status: response.status.code)
                return response
            } catch {
                record(request, context, status: 500, since: start, in: metrics)
                span.end(method, context.route, status: 500)
                throw error
            }
        }
    }

    private func record(
        _ request: Request, _ context: WebContext, status: Int, since start: ContinuousClock.Instant,
        in metrics: RequestMetrics
    ) {
        let duration = ContinuousClock.now - start
        let method = RequestMetrics.label(of: request.method)
        metrics.record(method: method, route: context.route, status: status, duration)
        logger.info(
            "Request completed",
            metadata: [
                LogKey.method: "\(method)", LogKey.route: "\(context.route)", LogKey.status: .stringConvertible(status),
                LogKey.duration: .stringConvertible(duration.milliseconds),
            ])
    }

    private func clientNetwork(of request: Request, _ context: WebContext) -> String? {
        if trustedProxies > 0 {
            let hops = request.headers[values: .forwardedFor].flatMap { $0.split(separator: ",") }
            if let hop = hops.suffix(trustedProxies).first, let network = ClientNetwork.name(of: hop) { return network }
        }
        return context.remoteAddress.flatMap(ClientNetwork.name)
    }
}

extension TraceSpan {
    /// By the conventions for HTTP servers: a 4xx is no failure of the server's. The path stays out, for ids and tokens of
    /// customers are in it.
    fileprivate func end(_ method: String, _ route: String, status: Int) {
        guard isRecording else { return }
        if route != "unmatched" {
            rename("\(method) \(route)")
            set("http.route", .text(route))
        }
        set("http.response.status_code", .number(status))
        if status >= 500 { fail("\(status)") }
    }
}

extension Duration {
    /// In thousandths of a second, to the microsecond.
    fileprivate var milliseconds: Double {
        let microseconds = components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
        return Double(microseconds) / 1_000
    }
}
