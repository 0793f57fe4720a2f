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
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
    ])
    func `a malformed header is none`(header: String) {
        #expect(TraceContext(traceparent: header) == nil)
    }

    private let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    @Test func `a later version may have more parts`() {
        #expect(TraceContext(traceparent: "01" + header.dropFirst(2) + "-more")?.sampled == true)
    }

    @Test func `the state of other tracers is passed on unchanged`() {
        let trace = TraceContext(traceparent: header, state: ["congo=t61rcWkgMzE,rojo=00f067", "", "other= a b"])
        #expect(trace?.state == "congo=t61rcWkgMzE,rojo=00f067,other= a b")
        #expect(trace?.child().state == trace?.state)
    }

    @Test(arguments: [
        [String(repeating: "x", count: 513)], ["a=\u{e9}"], ["a=1\r\nb=2"],
        [(0..<33).map { "k\($0)=1" }.joined(separator: ",")],
    ])
    func `a state that is too long or no text of a header is dropped`(lines: [String]) {
        #expect(TraceContext(traceparent: header, state: lines)?.state == "")
    }

    @Test func `a new trace is not recorded before a tracer says so`() {
        #expect(TraceContext.new().traceparent.hasSuffix("-00"))
    }
}
