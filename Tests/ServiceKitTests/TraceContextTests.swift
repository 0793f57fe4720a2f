import ServiceKit
import Testing

@Suite struct TraceContextTests {
    @Test func `a trace goes on with spans of their own`() throws {
        let trace = TraceContext.new()
        let read = try #require(TraceContext(traceparent: trace.traceparent))
        #expect(read == trace)
        let child = trace.child()
        #expect(child.traceID == trace.traceID && child.spanID != trace.spanID)
    }

    @Test(arguments: [
        "", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
    ])
    func `a malformed header is none`(header: String) {
        #expect(TraceContext(traceparent: header) == nil)
    }
}
