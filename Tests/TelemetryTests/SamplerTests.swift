import ServiceKit
import Testing

@testable import Telemetry

@Suite struct SamplerTests {
    private func parent(_ sampled: Bool) -> TraceContext {
        TraceContext(traceID: "0af7651916cd43dd8448eb211c80319c", spanID: "b7ad6b7169203331", sampled: sampled)
    }

    @Test(arguments: [
        ("always_on", true, true, true), ("always_off", false, false, false),
        ("parentbased_always_on", true, true, false), ("parentbased_always_off", false, true, false),
        ("traceidratio", true, true, true), ("parentbased_traceidratio", true, true, false),
    ])
    func theStandardNames(_ name: String, root: Bool, afterSampled: Bool, afterUnsampled: Bool) throws {
        let sampler = try #require(Sampler(named: name, share: nil))
        let id = TraceContext.new().traceID
        #expect(sampler.samples(id, after: nil) == root)
        #expect(sampler.samples(id, after: parent(true)) == afterSampled)
        #expect(sampler.samples(id, after: parent(false)) == afterUnsampled)
    }

    @Test func otherNamesAreNotKnown() { #expect(Sampler(named: "sometimes", share: nil) == nil) }

    @Test func aShareIsChosenByTheTraceAlone() {
        let ids = (0..<4_000).map { _ in TraceContext.new().traceID }
        let (tenth, half) = (Sampler(roots: .share(0.1)), Sampler(roots: .share(0.5)))
        let chosen = ids.filter { tenth.samples($0, after: nil) }
        #expect((250...550).contains(chosen.count), "\(chosen.count) of 4,000")
        #expect(chosen.allSatisfy { half.samples($0, after: nil) }, "A larger share includes a smaller one.")
        #expect(ids.allSatisfy { Sampler(roots: .share(1)).samples($0, after: nil) })
        #expect(!ids.contains { Sampler(roots: .share(0)).samples($0, after: nil) })
    }
}
