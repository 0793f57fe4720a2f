import EventLog
import Observability
import ServiceKit
import Web

/// Every metric that a process may export. `docs/metrics.md` has the same list, and a test holds both.
enum MetricList {
    static let all: [Metric] =
        (HTTPMetrics.all + CallMetrics.all + DatabaseMetrics.all + EventMetrics.all + DataFolder.metrics
        + PrometheusRegistry.ownMetrics).sorted { $0.name < $1.name }
}
