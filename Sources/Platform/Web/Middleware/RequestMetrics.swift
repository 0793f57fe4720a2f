import CoreMetrics
import HTTPTypes
import ServiceKit

/// The golden signals of one service's requests.
final class RequestMetrics: Sendable {
    let service: String
    let active: any MeterHandler
    private let durations: MetricFamily<any TimerHandler>
    private let refused: MetricFamily<any CounterHandler>

    init(service: String, factory: any MetricsFactory) {
        self.service = service
        active = HTTPMetrics.active.gauge(service: service, in: factory)
        durations = HTTPMetrics.requests.timers(service: service, in: factory)
        refused = HTTPMetrics.refused.counters(service: service, in: factory)
    }

    func record(method: String, route: String, status: Int, _ duration: Duration) {
        durations[method, route, String(status)].record(duration)
        if let reason = Self.refusals[status] { refused[reason].increment(by: 1) }
    }

    /// What is refused to protect the service, by status.
    private static let refusals = [408: "timeout", 413: "body_size", 429: "rate_limit", 503: "overload"]

    /// The method if it is a known one: clients must not be able to add labels.
    static func label(of method: HTTPRequest.Method) -> String {
        APIRouter.knownMethods.contains(method) ? method.rawValue : "_OTHER"
    }
}
