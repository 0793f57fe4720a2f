import Logging
import Observability
import ServiceKit
import TestSupport
import Testing

@Suite struct JSONLogHandlerTests {
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
            #""level":"error""#, #""message":"Line\nbreak""#, #""service":"test""#, #""order.id":"ord_1""#,
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
