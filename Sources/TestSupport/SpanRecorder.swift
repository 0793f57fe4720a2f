import ServiceKit
import Synchronization
package import Telemetry
import Tracing

/// Keeps the spans of a test.
package final class SpanRecorder: Sendable {
    private let finished = Mutex<[FinishedSpan]>([])

    package init() {}

    /// Those that have ended, in the order of their ends.
    package var spans: [FinishedSpan] { finished.withLock { $0 } }
    package var names: [String] { spans.map(\.name) }

    /// The one span of this name; nil when there is none, or more.
    package subscript(_ name: String) -> FinishedSpan? {
        let found = spans.filter { $0.name == name }
        return found.count == 1 ? found.first : nil
    }

    /// Runs `body` with a tracer whose spans are kept here.
    package func record(sampler: Sampler = Sampler(), _ body: () async throws -> Void) async throws {
        ActiveSpan.turnOn()
        let tracer = RecordingTracer(of: "test", sampler: sampler) { [self] span in
            finished.withLock { $0.append(span) }
        }
        try await withTracer(tracer) { try await body() }
    }
}

extension FinishedSpan {
    /// An attribute as text.
    package func attribute(_ key: String) -> String? {
        switch attributes.get(key) {
        case .string(let text): text
        case .int64(let number): "\(number)"
        default: nil
        }
    }

    package func isChild(of parent: FinishedSpan?) -> Bool {
        trace.traceID == parent?.trace.traceID && parentSpanID == parent?.trace.spanID
    }
}
