package import ServiceKit

extension Metric {
    /// How Prometheus knows it: with its unit, counters with `_total`.
    package var prometheusName: String { PrometheusName.family(of: self) + (kind == .counter ? "_total" : "") }

    /// `service` first, which every metric has.
    package var prometheusLabels: [String] { ["service"] + labels.map(PrometheusName.plain) }
}
