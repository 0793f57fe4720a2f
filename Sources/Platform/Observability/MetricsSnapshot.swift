/// The values of all series at one moment.
package struct MetricsSnapshot: Sendable {
    private let series: [String: [MetricSample]]

    /// - Parameter series: By the declared name of their metric, such as `http.server.request.duration`.
    package init(_ series: [String: [MetricSample]]) { self.series = series }

    /// The series of a metric, in no order; none when nothing was measured.
    ///
    /// - Parameter metric: Its declared name.
    package subscript(metric: String) -> [MetricSample] { series[metric] ?? [] }
}
