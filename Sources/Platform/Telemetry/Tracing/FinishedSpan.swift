package import ServiceKit
package import Tracing

/// A span that has ended.
package struct FinishedSpan: Sendable {
    /// The service that made it.
    package var service: String
    package var name: String
    package var kind: SpanKind
    package var trace: TraceContext
    /// Nil for the root of a trace.
    package var parentSpanID: String?
    /// Nanoseconds since 1970.
    package var start: UInt64
    package var end: UInt64
    package var attributes: SpanAttributes
    package var events: [SpanEvent]
    package var links: [TraceContext]
    /// Nil when nothing was set: the operation succeeded, or it was the caller's fault.
    package var status: SpanStatus?
    /// Attributes, events and links beyond ``RecordedSpan/most``.
    package var dropped: (attributes: Int, events: Int, links: Int)
}
