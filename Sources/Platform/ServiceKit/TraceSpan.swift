import Tracing

/// What an operation says about its own span. Does nothing when the span is not recorded.
package struct TraceSpan: Sendable {
    private let span: (any Span)?

    init(_ span: (any Span)?) { self.span = span?.isRecording == true ? span : nil }

    /// Whether anything that is set here is kept.
    package var isRecording: Bool { span != nil }

    package func rename(_ name: @autoclosure () -> String) { span?.operationName = name() }

    /// - Parameter value: A name, a code or a number, of a bounded set: never what identifies a person.
    package func set(_ key: String, _ value: @autoclosure () -> SpanValue) {
        guard let span else { return }
        span.setAttribute(key, value().attribute)
    }

    /// The operation failed, and not by its caller's fault.
    ///
    /// - Parameter type: A class of errors: a code or the name of a type. Not the message, which may hold anything.
    package func fail(_ type: @autoclosure () -> String) {
        guard let span else { return }
        span.setAttribute("error.type", .string(type()))
        span.setStatus(SpanStatus(code: .error))
    }

    /// Names another span that this one continues.
    package func link(_ trace: TraceContext) {
        guard let span else { return }
        var context = ServiceContext.topLevel
        context.trace = trace
        span.addLink(SpanLink(context: context, attributes: [:]))
    }

    /// Runs a call between services as this span: its status is the attribute `rpc.response.status_code`.
    package func callStatus<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await body()
            set("rpc.response.status_code", "OK")
            return value
        } catch {
            set("rpc.response.status_code", .text(CallMetrics.status(of: error)))
            throw error
        }
    }

    /// Marks the span as failed unless the error is the caller's fault, or a cancellation.
    package func note(_ error: any Error) {
        switch error {
        case is CancellationError: return
        case let error as ServiceError:
            if error.isFault { fail(error.code) }
        default: fail("\(Swift.type(of: error))")
        }
    }
}

extension ServiceError {
    /// Whether the service is to blame, not its caller: 5xx.
    package var isFault: Bool { kind == .unavailable || kind == .internal }
}
