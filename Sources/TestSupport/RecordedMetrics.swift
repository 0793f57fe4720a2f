package import CoreMetrics
import Observability
package import ServiceKit

/// The metrics that a service records in a test.
package struct RecordedMetrics: Sendable {
    private let registry: PrometheusRegistry

    /// - Parameter declared: The metrics of the service. Those of its checks are recorded too.
    package init(_ declared: [Metric] = []) {
        registry = PrometheusRegistry(service: "test", declared: declared + CorrectnessMetrics.all)
    }

    package var factory: any MetricsFactory { registry }

    /// The value of one series as the operations port shows it; nil when there is none.
    /// - Parameters:
    ///   - name: As Prometheus has it: `magpie_orders_placed_total`.
    ///   - labels: Those besides `service`.
    package func value(_ name: String, _ labels: [String: String] = [:], of service: String) -> String? {
        let all = labels.merging(["service": service]) { own, _ in own }
        let text = all.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        return registry.render().writtenValue(of: "\(name){\(text)}")
    }

    /// What the check of the service has found: the number of violations, or `NaN` when it failed or was never made.
    package func violations(_ check: String, of service: String) -> String? {
        value("magpie_correctness_violations", ["check": check], of: service)
    }
}
