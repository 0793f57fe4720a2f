import AuthService
import CartService
import EventLog
import NotificationService
import Observability
import OrderService
import ProductService
import ServiceKit
import Telemetry
import Web

/// Every metric that a process may export. `docs/metrics.md` has the same list, and a test holds both.
enum MetricList {
    static let all: [Metric] = (platform + services).sorted { $0.name < $1.name }

    private static let platform: [Metric] =
        HTTPMetrics.all + CallMetrics.all + DatabaseMetrics.all + EventMetrics.all + CorrectnessMetrics.all
        + DataFolder.metrics + ExporterMetrics.all + PrometheusRegistry.ownMetrics

    private static let services: [Metric] =
        AuthMetrics.all + ProductMetrics.all + CartMetrics.all + OrderMetrics.all + NotificationMetrics.all
}
