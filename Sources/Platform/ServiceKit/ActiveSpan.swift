import Synchronization
package import Tracing

/// A span that has begun, with what the spans in it need.
package struct ActiveSpan: Sendable {
    let tracer: any Tracer
    let span: any Span
    /// For the spans in this one, those of libraries too.
    package let context: ServiceContext

    private static let hasTracer = Atomic(false)

    /// Whether this process records spans. False costs an operation next to nothing.
    package static var isOn: Bool { hasTracer.load(ordering: .relaxed) }

    /// Call after `InstrumentationSystem.bootstrap`, and before `withTracer` in tests. It cannot be taken back.
    package static func turnOn() { hasTracer.store(true, ordering: .relaxed) }
}
