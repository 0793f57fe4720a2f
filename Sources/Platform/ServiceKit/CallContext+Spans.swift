import Tracing

/// How spans begin. Whatever runs within one has it in `CallContext.current` and in `ServiceContext.current`, so that logs,
/// events, calls to other services and the spans of libraries are parts of one trace.
extension CallContext {
    /// Runs `body` as one operation of the current trace. Outside any trace there is no span, so that periodic work does
    /// not fill the store of traces.
    ///
    /// - Parameters:
    ///   - name: Of a bounded set, by the semantic conventions: `read product`.
    ///   - attributes: Names, codes and numbers.
    ///   - isFailure: Whether an error that `body` throws is one of this operation; ``TraceSpan/note(_:)`` decides
    ///     which of those make the span fail.
    package static func span<Value>(
        _ role: SpanRole, _ name: @autoclosure () -> String,
        _ attributes: @autoclosure () -> [String: SpanValue] = [:],
        failsFor isFailure: (any Error) -> Bool = { _ in true },
        isolation: isolated (any Actor)? = #isolation, _ body: (TraceSpan) async throws -> Value
    ) async throws -> Value {
        let caller = Self.current
        // Within a trace that is not recorded no span is.
        guard let active = caller.span, caller.trace.sampled else { return try await body(TraceSpan(nil)) }
        let parent = ServiceContext.current ?? active.context
        let opened = ActiveSpan(active.tracer, name(), role, parent, attributes())
        return try await caller.run(within: opened, failsFor: isFailure, body)
    }

    /// Runs `body` in this context as an operation of `service`, which begins there: a request, an event, stored work.
    ///
    /// - Parameters:
    ///   - parent: The span that caused it, in this process or another; nil begins a trace. Where no spans are recorded
    ///     the context keeps its own trace then.
    ///   - service: The resource of this span, and of those in it.
    package func run<Value>(
        as role: SpanRole, _ name: @autoclosure () -> String, of service: String, after parent: TraceContext?,
        _ attributes: @autoclosure () -> [String: SpanValue] = [:],
        isolation: isolated (any Actor)? = #isolation, _ body: (TraceSpan) async throws -> Value
    ) async throws -> Value {
        guard ActiveSpan.isOn, let opened = opened(role, name(), service, parent, attributes()) else {
            var call = self
            if let parent { call.trace = parent.child() }
            call.span = nil
            return try await call.run { try await body(TraceSpan(nil)) }
        }
        return try await run(within: opened, failsFor: { _ in true }, body)
    }

    /// A span without duration in the current trace, as of an event that is made in a transaction; outside any trace it
    /// begins one.
    ///
    /// - Returns: What the consequences of it continue.
    package static func point(
        _ role: SpanRole, _ name: @autoclosure () -> String, of service: String,
        _ attributes: @autoclosure () -> [String: SpanValue] = [:]
    ) -> TraceContext {
        let caller = Self.current
        guard ActiveSpan.isOn else { return caller.trace }
        guard let opened = caller.opened(role, name(), service, caller.span?.context.trace, attributes()) else {
            return caller.trace
        }
        opened.span.end()
        return opened.context.trace ?? caller.trace
    }

    /// Makes this context a part of the same span as another one.
    package mutating func joinTrace(of other: CallContext) { (trace, span) = (other.trace, other.span) }

    private func opened(
        _ role: SpanRole, _ name: String, _ service: String, _ parent: TraceContext?, _ attributes: [String: SpanValue]
    ) -> ActiveSpan? {
        var context = ServiceContext.topLevel
        context.trace = parent
        context.service = service
        // In a transaction's body there is no task: its caller's span knows the tracer.
        let tracer = span?.tracer ?? InstrumentationSystem.tracer
        let opened = ActiveSpan(tracer, name, role, context, attributes)
        // A tracer that is not Magpie's keeps no trace context: ids are passed on as without one.
        return opened.context.trace == parent ? nil : opened
    }

    private func run<Value>(
        within opened: ActiveSpan, failsFor isFailure: (any Error) -> Bool,
        isolation: isolated (any Actor)? = #isolation, _ body: (TraceSpan) async throws -> Value
    ) async throws -> Value {
        var call = self
        call.span = opened
        call.trace = opened.context.trace ?? call.trace
        let handle = TraceSpan(opened.span)
        defer { opened.span.end() }
        do {
            return try await call.run { try await body(handle) }
        } catch {
            if isFailure(error) { handle.note(error) }
            throw error
        }
    }
}

extension ActiveSpan {
    /// Begins a span of the tracer as a child of the one in `context`.
    fileprivate init(
        _ tracer: any Tracer, _ name: String, _ role: SpanRole, _ context: ServiceContext,
        _ attributes: [String: SpanValue]
    ) {
        let span: any Span = tracer.startSpan(name, context: context, ofKind: role.kind)
        if span.isRecording { for (key, value) in attributes { span.setAttribute(key, value.attribute) } }
        self.init(tracer: tracer, span: span, context: span.context)
    }
}
