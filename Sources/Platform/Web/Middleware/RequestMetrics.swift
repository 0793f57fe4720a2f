import CoreMetrics
import HTTPTypes
import Synchronization

/// The handles of a server's golden signals, looked up once for each combination of labels.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    let active: any MeterHandler
    private let service: String
    private let factory: any MetricsFactory
    private let timers = Mutex<[Key: any TimerHandler]>([:])

    init(service: String, factory: any MetricsFactory) {
        self.service = service
        self.factory = factory
        active = factory.makeMeter(label: "http.server.active_requests", dimensions: [("service", service)])
    }

    func record(method: String, route: String, status: Int, _ duration: Duration) {
        let key = Key(method: method, route: route, status: status)
        let timer = timers.withLock { timers in
            if let timer = timers[key] { return timer }
            let timer = factory.makeTimer(
                label: "http.server.request.duration",
                dimensions: [
                    ("http.request.method", method), ("http.route", route),
                    ("http.response.status_code", String(status)), ("service", service),
                ])
            timers[key] = timer
            return timer
        }
        timer.recordNanoseconds(duration.nanoseconds)
    }

    /// The method if it is a known one: clients must not be able to add labels.
    static func label(of method: HTTPRequest.Method) -> String {
        APIRouter.knownMethods.contains(method) ? method.rawValue : "_OTHER"
    }
}
