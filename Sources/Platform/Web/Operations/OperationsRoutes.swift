import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Observability

/// Adds the operations page and its stylesheet.
struct OperationsRoutes: Sendable {
    let service: String
    let checks: [ReadinessCheck]
    let registry: PrometheusRegistry
    let history: MetricsHistory
    /// Measure what is measured when somebody asks.
    let collectors: [@Sendable () async -> Void]
    let logger: Logger

    func add(to router: inout APIRouter) {
        router.get("/ops") { request, _ in await page(for: request) }
        router.get("/ops/style.css") { _, _ in
            Self.response(OperationsStyle.css, type: "text/css; charset=utf-8")
        }
    }

    private func page(for request: Request) async -> Response {
        let report = await ReadinessReport(of: checks, logger: logger)
        for collect in collectors { await collect() }
        let isSinceStart = request.uri.queryParameters["period"] == "start"
        let isRefreshing = request.uri.queryParameters["refresh"] == "on"
        let (now, metrics) = (Date.now, registry.snapshot())
        let page = OperationsPage(
            service: service, now: now, readiness: report.checks,
            period: period(of: metrics, now: now, isSinceStart: isSinceStart), isSinceStart: isSinceStart,
            isRefreshing: isRefreshing)
        history.note { metrics }
        var response = Self.response(page.html, type: "text/html; charset=utf-8")
        // Only for who asked for it: a page that changes by itself is hard to read.
        if isRefreshing { response.headers[.refresh] = "\(OperationsPage.refreshInterval)" }
        return response
    }

    private func period(of metrics: MetricsSnapshot, now: Date, isSinceStart: Bool) -> MeasuredPeriod {
        if !isSinceStart, let begin = history.begin() {
            let length = begin.time.duration(to: .now) / .seconds(1)
            return MeasuredPeriod(now: metrics, before: begin.metrics, seconds: length)
        }
        let all = MeasuredPeriod(now: metrics, before: nil, seconds: nil)
        let start = all.value(of: "process.start_time", service: service)
        return MeasuredPeriod(
            now: metrics, before: nil, seconds: start.map { max(1, now.timeIntervalSince1970 - $0) })
    }

    private static func response(_ text: String, type: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
                .contentSecurityPolicy: OperationsPage.contentSecurityPolicy, .referrerPolicy: "no-referrer",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
