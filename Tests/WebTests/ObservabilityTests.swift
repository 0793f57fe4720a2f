import CoreMetrics
import Logging
import ServiceKit
import Testing

@testable import Observability

@Suite struct ObservabilityTests {
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

    @Test func `a log line is one JSON object with the trace`() async throws {
        struct Failure: Error, CustomStringConvertible { let description = "disk \"full\"" }
        let lines = LogLines()
        let trace = TraceContext.new()
        await CallContext(trace: trace).run {
            lines.logger.error(
                "Line\nbreak", error: Failure(),
                metadata: [
                    "order": ["id": "ord_1", "lines": .array(["1", "2"])], "level": "x", "n": .stringConvertible(7),
                ])
        }
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1 && line.hasSuffix("}\n") && line.count { $0 == "\n" } == 1)
        for part in [
            #""level":"error""#, #""message":"Line\nbreak""#, #""service":"web-tests""#, #""order.id":"ord_1""#,
            #""order.lines":["1","2"]"#, #""metadata.level":"x""#, #""n":7"#, #""error":"disk \"full\"""#,
            #""trace_id":"\#(trace.traceID)""#, #""span_id":"\#(trace.spanID)""#,
        ] { #expect(line.contains(part)) }
    }

    @Test func `outside a call there is no trace to log`() {
        let lines = LogLines()
        let logger = Logger(label: "x") {
            JSONLogHandler(label: $0, ambientTraceID: CallContext.current.trace.traceID, write: lines.append)
        }
        logger.info("Started")
        #expect(lines.all.first?.contains("trace_id") == false)
    }
}
