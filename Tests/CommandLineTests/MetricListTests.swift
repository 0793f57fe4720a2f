import ServiceKit
import Testing

@testable import magpie

/// The declared metrics, and the document that lists them.
@Suite struct MetricListTests {
    @Test func everyMetricIsDeclaredOnce() {
        let names = MetricList.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(MetricDescription.all.map(\.name)).count == names.count)
    }

    @Test func everyMetricSaysWhatItMeans() {
        for metric in MetricList.all {
            #expect(metric.help.hasSuffix(".") && metric.help.count > 10, "\(metric.name)")
            #expect(metric.kind == .histogram || metric.bounds.isEmpty)
            #expect(!metric.labels.contains("service"), "every metric has it: \(metric.name)")
        }
    }

    @Test func theDocumentListsTheMetrics() throws {
        let rows = try ComposeFile.contents("docs/metrics.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
        let expected = MetricDescription.all.map { metric in
            let labels = metric.labels.dropFirst().map { "`\($0)`" }.joined(separator: " ")
            return "| `\(metric.name)` | \(metric.kind.rawValue) | \(labels) | \(metric.help) |"
        }
        #expect(rows.map(String.init) == expected)
    }
}
