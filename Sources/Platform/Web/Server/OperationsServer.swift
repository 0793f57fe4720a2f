import CoreMetrics
import HTTPTypes
package import Hummingbird
package import Logging
import NIOCore
import NIOPosix
package import Observability
import ServiceKit

/// The operations server: `/livez`, `/readyz`, `/metrics` with the readiness as `magpie_ready`, in OpenMetrics when that
/// is asked for, and `/ops`, the same for a person. Never reachable from outside.
///
/// - Parameters:
///   - service: The name of the process, for metrics.
///   - collectors: Measure what is measured at each scrape.
package func operationsApplication(
    of service: String, port: Int, host: String, checks: [ReadinessCheck], registry: PrometheusRegistry,
    collectors: [@Sendable () async -> Void] = [], logger: Logger,
    onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> Application<RouterResponder<WebContext>> {
    var router = APIRouter()
    let ready = HTTPMetrics.ready.gauge(service: service, in: registry)
    let collectors = collectors + [collector(of: service, in: registry)]
    let history = MetricsHistory()
    router.add(middleware: ProblemErrors(logger: logger))
    router.get("/livez") { _, _ in try jsonResponse(["status": "ok"]) }
    router.get("/readyz") { _, _ in
        let report = await ReadinessReport(of: checks, logger: logger)
        var response = try jsonResponse(report, status: report.isReady ? .ok : .serviceUnavailable)
        if !report.isReady { response.headers[.retryAfter] = "1" }
        return response
    }
    router.get("/metrics") { request, _ in
        ready.set(await ReadinessReport(of: checks, logger: logger).isReady ? Int64(1) : 0)
        for collect in collectors { await collect() }
        history.note { registry.snapshot() }
        let format = ExpositionFormat(accept: request.headers[.accept])
        return Response(
            status: .ok, headers: [.contentType: format.contentType, .vary: "Accept"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: registry.render(as: format))))
    }
    OperationsRoutes(
        service: service, checks: checks, registry: registry, history: history, collectors: collectors, logger: logger
    ).add(to: &router)
    router.finish()
    return webApplication(router: router, host: host, port: port, logger: logger, onServerRunning: onServerRunning)
}

/// Measures the process's event loops and the memory of request bodies.
private func collector(of service: String, in registry: PrometheusRegistry) -> @Sendable () async -> Void {
    let lag = HTTPMetrics.loopLag.gauge(service: service, in: registry)
    let bodies = HTTPMetrics.bodies.gauge(service: service, in: registry)
    HTTPMetrics.mostBodies.gauge(service: service, in: registry).set(Int64(BodyMemory.ofThisProcess.most))
    return {
        bodies.set(Int64(BodyMemory.ofThisProcess.held))
        lag.set(await longestLag() / .seconds(1))
    }
}

/// How long the slowest of the event loops takes to begin new work.
private func longestLag() async -> Duration {
    let start = ContinuousClock.now
    return await withTaskGroup(of: Duration.self) { group in
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() {
            group.addTask {
                let reached = try? await loop.submit { ContinuousClock.now }.get()
                return start.duration(to: reached ?? .now)
            }
        }
        return await group.reduce(.zero, max)
    }
}
