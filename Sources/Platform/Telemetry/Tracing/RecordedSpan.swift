import ServiceKit
import Synchronization
package import Tracing

/// A span of ``RecordingTracer``. What is set after its end is lost, as everything is of one that is not sampled.
package final class RecordedSpan: AttributeSpan {
    /// The most attributes, events and links: https://opentelemetry.io/docs/specs/otel/trace/sdk/#span-limits
    package static let most = 128

    package let context: ServiceContext
    /// Nil when it is not sampled, or has ended.
    private let state: Mutex<FinishedSpan?>
    private let finish: @Sendable (FinishedSpan) -> Void

    init(_ begun: FinishedSpan?, context: ServiceContext, finish: @escaping @Sendable (FinishedSpan) -> Void) {
        self.context = context
        self.finish = finish
        state = Mutex(begun)
    }

    package var isRecording: Bool { state.withLock { $0 != nil } }

    package var operationName: String {
        get { state.withLock { $0?.name ?? "" } }
        set { state.withLock { $0?.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { state.withLock { $0?.attributes ?? [:] } }
        set {
            state.withLock { state in
                guard var span = state else { return }
                var kept = newValue
                if kept.count > Self.most {
                    span.dropped.attributes += kept.count - Self.most
                    kept = Self.first(of: kept)
                }
                span.attributes = kept
                state = span
            }
        }
    }

    package func set(_ key: String, _ value: SpanAttribute) {
        state.withLock { state in
            guard let count = state?.attributes.count else { return }
            if count < Self.most || state?.attributes.get(key) != nil {
                state?.attributes.set(key, value: value)
            } else {
                state?.dropped.attributes += 1
            }
        }
    }

    private static func first(of attributes: SpanAttributes) -> SpanAttributes {
        var all: [(String, SpanAttribute)] = []
        attributes.forEach { all.append(($0, $1)) }
        all.sort { $0.0 < $1.0 }
        return SpanAttributes(Dictionary(all.prefix(most)) { first, _ in first })
    }

    package func setStatus(_ status: SpanStatus) {
        // Messages of errors may hold anything.
        state.withLock { $0?.status = SpanStatus(code: status.code) }
    }

    package func addEvent(_ event: SpanEvent) {
        state.withLock { state in
            if state?.events.count == Self.most { state?.dropped.events += 1 } else { state?.events.append(event) }
        }
    }

    /// Keeps the type of the error, and nothing that it says: messages may hold what identifies a person.
    package func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        guard isRecording else { return }
        addEvent(
            SpanEvent(
                name: "exception", at: instant(), attributes: ["exception.type": .string("\(type(of: error))")]))
    }

    package func addLink(_ link: SpanLink) {
        guard let trace = link.context.trace else { return }
        state.withLock { state in
            if state?.links.count == Self.most { state?.dropped.links += 1 } else { state?.links.append(trace) }
        }
    }

    package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        let ended = state.withLock { state in
            defer { state = nil }
            return state
        }
        guard var ended else { return }
        // The clock may have been set back meanwhile.
        ended.end = max(ended.start, instant().nanosecondsSinceEpoch)
        finish(ended)
    }
}
