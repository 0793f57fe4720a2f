package import CoreMetrics
import Synchronization

/// Keeps every metric of the process and writes them in the Prometheus text format 0.0.4.
///
/// Names are OpenTelemetry's with dots turned to underscores, as its Prometheus rules have it: counters end in
/// `_total`, timers in `_seconds`. Timers and aggregating recorders are histograms; meters and other recorders are gauges.
/// Series are bounded in number; one too many, or one whose name has another type already, is counted and not kept.
package final class PrometheusRegistry: MetricsFactory {
    enum Kind: String { case counter, gauge, histogram }
    struct Family {
        let kind: Kind
        var series: [String: any Series] = [:]
    }
    struct State {
        var families: [String: Family] = [:]
        var seriesCount = 0
        var dropped = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: The most series kept.
    package init(limit: Int = 2_000) { self.limit = limit }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(.counter, MetricName.counter(label), dimensions) { CounterSeries() }
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(.counter, MetricName.counter(label), dimensions) { CounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(.gauge, MetricName.plain(label), dimensions) { GaugeSeries() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate
            ? series(.histogram, MetricName.plain(label), dimensions) { HistogramSeries() }
            : series(.gauge, MetricName.plain(label), dimensions) { GaugeSeries() }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(.histogram, MetricName.timer(label), dimensions) { HistogramSeries() }
    }

    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    /// All metrics, and the process's own, in the text format.
    package func render() -> String {
        let (families, dropped) = state.withLock { ($0.families, $0.dropped) }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) where !family.series.isEmpty {
            text += "# TYPE \(name) \(family.kind.rawValue)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.render(name: name, labels: labels, into: &text)
            }
        }
        func own(_ name: String, _ kind: Kind, _ value: Double) {
            text += "# TYPE \(name) \(kind.rawValue)\n\(name) \(number(value))\n"
        }
        own("magpie_metrics_dropped_series_total", .counter, Double(dropped))
        if let process = ProcessStatistics.read() {
            own("process_resident_memory_bytes", .gauge, Double(process.residentBytes))
            own("process_cpu_seconds_total", .counter, process.cpuSeconds)
            own("process_start_time_seconds", .gauge, process.startTime)
        }
        return text
    }

    private func series<S: Series>(
        _ kind: Kind, _ name: String, _ dimensions: [(String, String)], make: () -> S
    ) -> S {
        let labels = MetricName.labels(dimensions)
        return state.withLock { state in
            if let known = state.families[name]?.series[labels] as? S { return known }
            let series = make()
            guard state.seriesCount < limit, state.families[name, default: Family(kind: kind)].kind == kind else {
                state.dropped += 1
                return series
            }
            state.families[name, default: Family(kind: kind)].series[labels] = series
            state.seriesCount += 1
            return series
        }
    }

    private func remove(_ handler: AnyObject) {
        state.withLock { state in
            for (name, family) in state.families {
                guard let labels = family.series.first(where: { $0.value === handler })?.key else { continue }
                state.families[name]?.series[labels] = nil
                state.seriesCount -= 1
            }
        }
    }
}
