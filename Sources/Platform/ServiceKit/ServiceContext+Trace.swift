package import Tracing

/// What the current span passes to the spans in it, those of libraries too.
extension ServiceContext {
    private enum TraceKey: ServiceContextKey {
        typealias Value = TraceContext
        static var nameOverride: String? { "trace" }
    }

    private enum ServiceKey: ServiceContextKey {
        typealias Value = String
        static var nameOverride: String? { "service.name" }
    }

    /// The span itself: the parent of those that are started in this context.
    package var trace: TraceContext? {
        get { self[TraceKey.self] }
        set { self[TraceKey.self] = newValue }
    }

    /// The service that makes the span.
    package var service: String? {
        get { self[ServiceKey.self] }
        set { self[ServiceKey.self] = newValue }
    }
}
