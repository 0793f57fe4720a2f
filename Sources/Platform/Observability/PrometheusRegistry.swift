package import CoreMetrics
package import ServiceKit
import Synchronization

/// Keeps the declared metrics of the process and writes them for Prometheus.
///
/// Names are OpenTelemetry's with dots turned to underscores and the unit appended, as its Prometheus rules have it; counters
/// end in `_total`. https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
///
/// A metric that is not declared, or is declared in another way, is counted and not kept, and so is a series beyond the
/// limit.
package final class PrometheusRegistry: MetricsFactory {
    private struct State {
        var families: [String: MetricSeries] = [:]
        var seriesCount = 0
        var dropped = 0
    }

    private let service: String
    private let declared: [String: Metric]
    private let limit: Int
    private let state = Mutex(State())

    /// The metrics of the process itself, which every registry has.
    package static let ownMetrics = RegistryMetrics.all + ProcessMetrics.all

    /// - Parameters:
    ///   - service: The name of the process, for the metrics of all of it.
    ///   - declared: Every metric that may be kept.
    ///   - limit: The most series kept.
    package init(service: String, declared: [Metric], limit: Int = 10_000) {
        self.service = service
        self.declared = Dictionary(
            (declared + Self.ownMetrics).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.limit = limit
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(.counter, label, dimensions) { _ in CounterSeries() }
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(.counter, label, dimensions) { _ in CounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(.gauge, label, dimensions) { _ in GaugeSeries() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate
            ? series(.histogram, label, dimensions) { HistogramSeries(bounds: $0) }
            : series(.gauge, label, dimensions) { _ in GaugeSeries() }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(.histogram, label, dimensions) { HistogramSeries(bounds: $0) }
    }

    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    /// All metrics, and the process's own.
    package func render(as format: ExpositionFormat = .prometheus) -> String {
        let (families, dropped) = state.withLock { ($0.families, $0.dropped) }
        var exposition = Exposition(format: format)
        for (_, family) in families.sorted(by: { $0.key < $1.key }) where !family.series.isEmpty {
            exposition.add(family)
        }
        for (metric, value) in Self.ownValues(dropped) { exposition.add(metric, value, service: service) }
        return exposition.finished()
    }

    /// The same as values.
    package func snapshot() -> MetricsSnapshot {
        let (families, dropped) = state.withLock { ($0.families, $0.dropped) }
        var series = families.mapValues { family in
            family.series.map { MetricSample(labels: family.labels[$0.key] ?? [:], value: $0.value.value) }
        }
        for (metric, value) in Self.ownValues(dropped) {
            series[metric.name] = [MetricSample(labels: ["service": service], value: .number(value))]
        }
        return MetricsSnapshot(series)
    }

    private static func ownValues(_ dropped: Int) -> [(Metric, Double)] {
        ProcessMetrics.values() + [(RegistryMetrics.dropped, Double(dropped))]
    }

    private func series<S: Series>(
        _ kind: Metric.Kind, _ label: String, _ dimensions: [(String, String)], make: ([Double]) -> S
    ) -> S {
        guard let metric = declared[label], metric.kind == kind else {
            state.withLock { $0.dropped += 1 }
            return make(declared[label]?.bounds ?? [])
        }
        let labels = PrometheusName.labels(dimensions)
        return state.withLock { state in
            if let known = state.families[label]?.series[labels] as? S { return known }
            let series = make(metric.bounds)
            guard state.seriesCount < limit else {
                state.dropped += 1
                return series
            }
            state.families[label, default: MetricSeries(metric: metric)].add(series, labels, dimensions)
            state.seriesCount += 1
            return series
        }
    }

    private func remove(_ handler: AnyObject) {
        state.withLock { state in
            for (name, family) in state.families {
                guard let labels = family.series.first(where: { $0.value === handler })?.key else { continue }
                state.families[name]?.remove(labels)
                state.seriesCount -= 1
            }
        }
    }
}

/// The series of one metric, by their labels as text.
struct MetricSeries {
    let metric: Metric
    private(set) var series: [String: any Series] = [:]
    /// The labels of each as names and values.
    private(set) var labels: [String: [String: String]] = [:]

    init(metric: Metric) { self.metric = metric }

    mutating func add(_ one: any Series, _ text: String, _ dimensions: [(String, String)]) {
        series[text] = one
        labels[text] = Dictionary(dimensions, uniquingKeysWith: { _, last in last })
    }

    mutating func remove(_ text: String) {
        series[text] = nil
        labels[text] = nil
    }
}

/// The registry's own metrics.
private enum RegistryMetrics {
    static let dropped = Metric(
        .counter, "magpie.metrics.dropped_series",
        help: "Series that were not kept: beyond the limit, or of a metric that is not declared.")
    static let all = [dropped]
}
