import ServiceKit

/// Metrics as text for a scraper.
struct Exposition {
    let format: ExpositionFormat
    private var text = ""

    init(format: ExpositionFormat) { self.format = format }

    mutating func add(_ family: MetricSeries) {
        let name = describe(family.metric)
        for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
            for sample in series.samples() { add(sample, of: name, labels: labels) }
        }
    }

    mutating func add(_ metric: Metric, _ value: Double, service: String) {
        let name = describe(metric)
        let suffix = metric.kind == .counter ? "_total" : ""
        add(Sample(suffix: suffix, value: value), of: name, labels: PrometheusName.labels([("service", service)]))
    }

    consuming func finished() -> String { format == .openMetrics ? text + "# EOF\n" : text }

    /// Writes what the metric is and returns the name of its family.
    private mutating func describe(_ metric: Metric) -> String {
        let name = PrometheusName.family(of: metric)
        // Counters are named without their ending in OpenMetrics only.
        let title = format == .prometheus && metric.kind == .counter ? name + "_total" : name
        text += "# HELP \(title) \(PrometheusName.escapedHelp(metric.help))\n# TYPE \(title) \(metric.kind.rawValue)\n"
        if format == .openMetrics, let unit = PrometheusName.unit(of: metric) { text += "# UNIT \(title) \(unit)\n" }
        return name
    }

    private mutating func add(_ sample: Sample, of name: String, labels: String) {
        let all = [labels, sample.bound.map { "le=\"\($0)\"" } ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
        text += name + sample.suffix + (all.isEmpty ? "" : "{\(all)}") + " " + number(sample.value)
        if format == .openMetrics, let exemplar = sample.exemplar {
            text += " # {trace_id=\"\(exemplar.traceID)\",span_id=\"\(exemplar.spanID)\"} \(number(exemplar.value))"
            text += " \(exemplar.timestamp)"
        }
        text += "\n"
    }
}

/// One line of an exposition, without the name and the labels of its series.
struct Sample {
    let suffix: String
    var bound: String?
    let value: Double
    var exemplar: Exemplar?
}

/// A number as Prometheus reads it, whole ones without a fraction.
func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return Int64(exactly: value).map(String.init) ?? value.description
}
