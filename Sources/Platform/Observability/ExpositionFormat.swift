/// A text format in which metrics are given to a scraper.
package enum ExpositionFormat: Sendable {
    /// https://prometheus.io/docs/instrumenting/exposition_formats/
    case prometheus
    /// With units, and with exemplars that lead from a bucket to a trace:
    /// https://prometheus.io/docs/specs/om/open_metrics_spec/
    case openMetrics

    /// The format for a request with this `Accept` header: OpenMetrics when it is asked for by name.
    package init(accept: String?) {
        let ranges = (accept ?? "").split(separator: ",").map { $0.drop { $0 == " " } }
        let asksForOpenMetrics = ranges.contains {
            $0.hasPrefix("application/openmetrics-text") && !$0.hasSuffix("q=0")
        }
        self = asksForOpenMetrics ? .openMetrics : .prometheus
    }

    package var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }
}
