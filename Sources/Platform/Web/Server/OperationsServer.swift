import CoreMetrics
package import Hummingbird
package import Logging
import NIOCore
package import Observability

/// The operations server: `/livez`, `/readyz`, and `/metrics` with the readiness as `magpie_ready`. Never reachable from
/// outside.
package func operationsApplication(
    port: Int, host: String, checks: [ReadinessCheck], registry: PrometheusRegistry, logger: Logger,
    onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> Application<RouterResponder<WebContext>> {
    var router = APIRouter()
    let ready = registry.makeMeter(label: "magpie.ready", dimensions: [])
    router.add(middleware: ProblemErrors(logger: logger))
    router.get("/livez") { _, _ in try jsonResponse(["status": "ok"]) }
    router.get("/readyz") { _, _ in
        let report = await ReadinessReport(of: checks, logger: logger)
        var response = try jsonResponse(report, status: report.isReady ? .ok : .serviceUnavailable)
        if !report.isReady { response.headers[.retryAfter] = "1" }
        return response
    }
    router.get("/metrics") { _, _ in
        ready.set(await ReadinessReport(of: checks, logger: logger).isReady ? Int64(1) : 0)
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: registry.render())))
    }
    router.finish()
    return webApplication(router: router, host: host, port: port, logger: logger, onServerRunning: onServerRunning)
}
