import CoreMetrics
package import Hummingbird
package import Logging
import NIOCore
package import Observability
import ServiceKit
import Synchronization

/// One thing that must work before a process may take requests.
package struct ReadinessCheck: Sendable {
    package let name: String
    /// Throws when the process is not ready; has one second.
    package let check: @Sendable () async throws -> Void

    package init(name: String, check: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.check = check
    }

    /// The same check, run at most once in the interval; meanwhile its last outcome stands.
    package func cached(
        for interval: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) -> ReadinessCheck {
        let last = LastOutcome()
        return ReadinessCheck(name: name) {
            if let outcome = last.outcome(since: now() - interval) { return try outcome.get() }
            do {
                try await check()
                last.note(.success(()), at: now())
            } catch {
                last.note(.failure(error), at: now())
                throw error
            }
        }
    }
}

private final class LastOutcome: Sendable {
    private let state = Mutex<(Result<Void, any Error>, at: ContinuousClock.Instant)?>(nil)

    func note(_ outcome: Result<Void, any Error>, at now: ContinuousClock.Instant) {
        state.withLock { $0 = (outcome, now) }
    }

    func outcome(since limit: ContinuousClock.Instant) -> Result<Void, any Error>? {
        state.withLock { state in state.flatMap { $0.at > limit ? $0.0 : nil } }
    }
}

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
