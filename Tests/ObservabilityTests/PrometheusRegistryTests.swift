import CoreMetrics
import ServiceKit
import Testing

@testable import Observability

@Suite struct PrometheusRegistryTests {
    private static let orders = Metric(.counter, "orders.placed", labels: ["currency"], help: "Orders.\nPlaced.")
    private static let depth = Metric(.gauge, "queue.depth", help: "Length of the queue.")
    private static let duration = Metric(
        .histogram, "db.query.duration", unit: "s", labels: ["db.operation.name"], help: "Duration of queries.")

    private let registry = PrometheusRegistry(service: "test", declared: [orders, depth, duration])

    @Test func `metrics are written with Prometheus names, units, help and escaped labels`() {
        Self.orders.counter(service: "s", ["U\"S\\D\n"], in: registry).increment(by: 3)
        Self.depth.gauge(service: "s", in: registry).set(2.5)
        Self.duration.timer(service: "s", ["read"], in: registry).recordNanoseconds(30_000_000)
        let text = registry.render()
        #expect(
            text.contains(
                """
                # HELP orders_placed_total Orders.\\nPlaced.
                # TYPE orders_placed_total counter
                orders_placed_total{currency="U\\"S\\\\D\\n",service="s"} 3

                """))
        #expect(text.contains("# TYPE queue_depth gauge\nqueue_depth{service=\"s\"} 2.5\n"))
        #expect(text.contains("# TYPE db_query_duration_seconds histogram\n"))
        func bucket(_ bound: String) -> String {
            "db_query_duration_seconds_bucket{db_operation_name=\"read\",service=\"s\",le=\"\(bound)\"}"
        }
        #expect(text.contains(bucket("0.025") + " 0\n"))
        #expect(text.contains(bucket("0.05") + " 1\n"))
        #expect(text.contains(bucket("10.0") + " 1\n" + bucket("+Inf") + " 1\n"))
        #expect(text.contains("db_query_duration_seconds_sum{db_operation_name=\"read\",service=\"s\"} 0.03\n"))
        #expect(!text.contains(" # {") && !text.contains("# EOF"))
    }

    @Test func `OpenMetrics has units, exemplars of sampled calls, and an end`() async {
        Self.orders.counter(service: "s", ["USD"], in: registry).increment(by: 1)
        let timer = Self.duration.timer(service: "s", ["read"], in: registry)
        var trace = TraceContext.new()
        trace.sampled = true
        await CallContext(trace: trace).run { timer.record(.milliseconds(30)) }
        await CallContext(trace: .new()).run { timer.record(.seconds(3)) }
        let text = registry.render(as: .openMetrics)
        #expect(text.contains("# TYPE orders_placed counter\norders_placed_total{"))
        #expect(text.contains("# UNIT db_query_duration_seconds seconds\n"))
        let exemplars = text.split(separator: "\n").filter { $0.contains(" # {") }
        #expect(exemplars.count == 1)
        #expect(exemplars.first?.contains(#"le="0.05"} 1 # {trace_id="\#(trace.traceID)",span_id=""#) == true)
        #expect(exemplars.first?.contains("} 0.03 ") == true)
        #expect(text.hasSuffix("# EOF\n"))
    }

    @Test(arguments: [
        (nil, ExpositionFormat.prometheus), ("text/plain", .prometheus), ("*/*", .prometheus),
        ("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5", .openMetrics),
        ("text/plain, application/openmetrics-text; version=1.0.0", .openMetrics),
        ("application/openmetrics-text;q=0", .prometheus),
    ])
    func `a scraper chooses the format`(accept: String?, format: ExpositionFormat) {
        #expect(ExpositionFormat(accept: accept) == format)
    }

    @Test func `the same labels are one series`() {
        let first = Self.orders.counter(service: "s", ["USD"], in: registry)
        #expect(first === Self.orders.counter(service: "s", ["USD"], in: registry))
        #expect(first !== Self.orders.counter(service: "s", ["EUR"], in: registry))
    }

    @Test func `what is not declared is counted and not kept`() {
        registry.makeCounter(label: "of.a.library", dimensions: []).increment(by: 1)
        registry.makeMeter(label: "orders.placed", dimensions: []).set(1.0)
        let text = registry.render()
        #expect(text.contains("magpie_metrics_dropped_series_total{service=\"test\"} 2\n"))
        #expect(!text.contains("of_a_library") && !text.contains("orders_placed"))
    }

    @Test func `series are bounded and the rest is counted`() {
        let registry = PrometheusRegistry(service: "test", declared: [Self.orders], limit: 2)
        for index in 0..<5 { Self.orders.counter(service: "s", [String(index)], in: registry).increment(by: 1) }
        let text = registry.render()
        #expect(text.contains("magpie_metrics_dropped_series_total{service=\"test\"} 3\n"))
        #expect(text.split(separator: "\n").count { $0.hasPrefix("orders_placed_total{") } == 2)
    }

    #if os(Linux)
        @Test func `the process describes itself`() throws {
            let process = try #require(ProcessStatistics.read())
            #expect(process.residentBytes > 1_000_000)
            #expect(process.cpuSeconds >= 0)
            #expect(process.startTime > 1_600_000_000)
            #expect(process.threads > 0)
            #expect(process.openDescriptors ?? 0 > 0)
            #expect(process.descriptorLimit ?? 0 > 0)
            #expect(registry.render().contains("process_start_time_seconds{service=\"test\"} "))
        }
    #endif
}
