import ArgumentParser
import Observability
import ServiceKit

/// The list that rules, dashboards and documents are checked against.
struct Metrics: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints every metric that services export: its name, kind, labels and meaning.")
    @Flag(help: "As JSON, for scripts.") var json = false

    func run() throws {
        if json { return Console.say(try Console.json(MetricDescription.all)) }
        Console.table(
            ["metric", "kind", "labels", "meaning"],
            MetricDescription.all.map { [$0.name, $0.kind.rawValue, $0.labels.joined(separator: " "), $0.help] })
    }
}

/// A metric by the names that Prometheus has for it.
struct MetricDescription: Encodable {
    let name: String
    let kind: Metric.Kind
    let unit: String
    /// `service` first, which every metric has.
    let labels: [String]
    let help: String

    static let all = MetricList.all.map { metric in
        MetricDescription(
            name: metric.prometheusName, kind: metric.kind, unit: metric.unit, labels: metric.prometheusLabels,
            help: metric.help)
    }
}
