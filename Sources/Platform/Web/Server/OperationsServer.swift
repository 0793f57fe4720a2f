import CoreMetrics
package import Hummingbird
package import Logging
import NIOCore
package import Observability
import ServiceKit

/// The operations server: `/livez`, `/readyz` and `/metrics`, which says as `magpie_ready` what `/readyz` says. Never
/// reachable from outside.
package func operationsApplication(
    port: Int, host: String, checks: [ReadinessCheck], registry: PrometheusRegistry, logger: Logger,
    onServerRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> Application<RouterResponder<WebContext>> {
    var router = APIRouter()
    let ready = registry.makeMeter(label: "magpie.ready", dimensions: [])
    router.add(middleware: ProblemErrors(logger: logger))
    router.get("/livez") { _, _ in try jsonResponse(["status": "ok"]) }
    router.get("/readyz") { _, _ in
        let report = await readiness(checks, logger: logger)
        var response = try jsonResponse(report, status: report.isReady ? .ok : .serviceUnavailable)
        if !report.isReady { response.headers[.retryAfter] = "1" }
        return response
    }
    router.get("/metrics") { _, _ in
        ready.set(await readiness(checks, logger: logger).isReady ? Int64(1) : 0)
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: registry.render())))
    }
    router.finish()
    return webApplication(router: router, host: host, port: port, logger: logger, onServerRunning: onServerRunning)
}

private struct ReadinessReport: Encodable, Sendable {
    let status: String
    /// `ok` or why not, by the check's name.
    let checks: [String: String]
    var isReady: Bool { status == "ok" }
}

/// Runs all checks at once.
private func readiness(_ checks: [ReadinessCheck], logger: Logger) async -> ReadinessReport {
    let limit = ContinuousClock.now.advanced(by: .seconds(1))
    let results = await withTaskGroup(of: (String, String).self) { group in
        for check in checks {
            group.addTask {
                do {
                    try await withDeadline(limit, check.check)
                    return (check.name, "ok")
                } catch {
                    logger.warning("Readiness check failed", error: error, metadata: [LogKey.check: "\(check.name)"])
                    return (check.name, reason(for: error))
                }
            }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    let isReady = results.values.allSatisfy { $0 == "ok" }
    return ReadinessReport(status: isReady ? "ok" : "unavailable", checks: results)
}

private func reason(for error: any Error) -> String {
    let problem = Problem(error)
    return problem.isUnexpected ? "failed" : problem.code
}
