import ServiceKit
package import Tracing

/// The tracer of the process: its spans carry a ``TraceContext`` each, and go to `finish` when they end.
package struct RecordingTracer: Tracer {
    private let sampler: Sampler
    private let service: String
    private let finish: @Sendable (FinishedSpan) -> Void

    /// Whether this task exports: what it does is not traced.
    @TaskLocal package static var isExporting = false

    /// - Parameters:
    ///   - service: Of spans that begin outside any service.
    ///   - finish: Takes each sampled span; must not block.
    package init(
        of service: String, sampler: Sampler = Sampler(), finish: @escaping @Sendable (FinishedSpan) -> Void
    ) {
        self.service = service
        self.sampler = sampler
        self.finish = finish
    }

    package func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> RecordedSpan {
        var context = context()
        let parent = context.trace
        var trace = parent?.child() ?? .new()
        trace.sampled = !Self.isExporting && sampler.samples(trace.traceID, after: parent)
        context.trace = trace
        guard trace.sampled else { return RecordedSpan(nil, context: context, finish: finish) }
        let start = instant().nanosecondsSinceEpoch
        let begun = FinishedSpan(
            service: context.service ?? service, name: operationName, kind: kind, trace: trace,
            parentSpanID: parent?.spanID, start: start, end: start, attributes: [:], events: [], links: [], status: nil,
            dropped: (0, 0, 0))
        return RecordedSpan(begun, context: context, finish: finish)
    }

    /// Spans leave in batches of their own accord.
    package func forceFlush() {}

    package func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context.trace else { return }
        injector.inject(trace.traceparent, forKey: "traceparent", into: &carrier)
        if !trace.state.isEmpty { injector.inject(trace.state, forKey: "tracestate", into: &carrier) }
    }

    package func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let header = extractor.extract(key: "traceparent", from: carrier) else { return }
        let state = extractor.extract(key: "tracestate", from: carrier)
        context.trace = TraceContext(traceparent: header, state: state.map { [$0] } ?? [])
    }
}
