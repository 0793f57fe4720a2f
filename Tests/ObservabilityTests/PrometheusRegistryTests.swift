import CoreMetrics
import Testing

@testable import Observability

@Suite struct PrometheusRegistryTests {
    @Test func `metrics are rendered with Prometheus names and escaped labels`() {
        let registry = PrometheusRegistry()
        registry.makeCounter(label: "orders.placed", dimensions: [("currency", "U\"S\\D\n")]).increment(by: 3)
        registry.makeMeter(label: "queue.depth", dimensions: []).set(2.5)
        registry.makeRecorder(label: "9lives", dimensions: [], aggregate: false).record(Int64(1))
        registry.makeTimer(label: "db.query.duration", dimensions: [("op", "read")]).recordNanoseconds(30_000_000)
        let text = registry.render()
        #expect(
            text.contains("# TYPE orders_placed_total counter\norders_placed_total{currency=\"U\\\"S\\\\D\\n\"} 3\n"))
        #expect(text.contains("# TYPE queue_depth gauge\nqueue_depth 2.5\n"))
        #expect(text.contains("_9lives 1\n"))
        #expect(text.contains("# TYPE db_query_duration_seconds histogram\n"))
        #expect(text.contains("db_query_duration_seconds_bucket{op=\"read\",le=\"0.025\"} 0\n"))
        #expect(text.contains("db_query_duration_seconds_bucket{op=\"read\",le=\"0.05\"} 1\n"))
        #expect(text.contains("db_query_duration_seconds_bucket{op=\"read\",le=\"+Inf\"} 1\n"))
        #expect(text.contains("db_query_duration_seconds_sum{op=\"read\"} 0.03\n"))
    }

    @Test func `the same labels in any order are one series`() {
        let registry = PrometheusRegistry()
        let first = registry.makeCounter(label: "a", dimensions: [("x", "1"), ("y", "2")])
        let second = registry.makeCounter(label: "a", dimensions: [("y", "2"), ("x", "1")])
        #expect(first === second)
    }

    @Test func `series are bounded and the rest is counted`() {
        let registry = PrometheusRegistry(limit: 2)
        for index in 0..<5 { registry.makeCounter(label: "a", dimensions: [("i", String(index))]).increment(by: 1) }
        registry.makeMeter(label: "a_total", dimensions: []).set(1.0)
        let text = registry.render()
        #expect(text.contains("magpie_metrics_dropped_series_total 4\n"))
        #expect(text.split(separator: "\n").count { $0.hasPrefix("a_total{") } == 2)
    }

    #if os(Linux)
        @Test func `the process describes itself`() throws {
            let process = try #require(ProcessStatistics.read())
            #expect(process.residentBytes > 1_000_000)
            #expect(process.cpuSeconds >= 0)
            #expect(process.startTime > 1_600_000_000)
            #expect(PrometheusRegistry().render().contains("process_start_time_seconds "))
        }
    #endif
}
