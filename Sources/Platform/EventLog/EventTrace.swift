import ServiceKit

/// The spans of events, by the conventions for messaging, which are still in development: an event is created, sent and
/// processed. https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
package enum EventTrace {
    private static func common(_ operation: SpanValue, _ topic: Topic?) -> [String: SpanValue] {
        var attributes = ["messaging.operation.name": operation]
        if let topic { attributes["messaging.destination.name"] = .text(topic.rawValue) }
        return attributes
    }

    /// What the event carries to its consumers.
    static func created(in topic: Topic, by source: String) -> TraceContext {
        CallContext.point(.producer, "create \(topic.rawValue)", of: source, common("create", topic))
    }

    /// Runs the publishing of events. Those of one trace are sent in it; a batch that joins several is a trace of its own,
    /// with a link to each event's span.
    ///
    /// - Parameter system: The log: `kafka` or `magpie`.
    package static func sending(_ events: [Event], to system: String, _ body: () async throws -> Void) async throws {
        guard ActiveSpan.isOn, let first = events.first else { return try await body() }
        let topic = events.allSatisfy { $0.topic == first.topic } ? first.topic : nil
        let name = topic.map { "send \($0.rawValue)" } ?? "send"
        var attributes = common("send", topic)
        attributes["messaging.operation.type"] = "send"
        attributes["messaging.system"] = .text(system)
        attributes["messaging.batch.message_count"] = .number(events.count)
        let call = CallContext.current
        let causes = events.compactMap { TraceContext(traceparent: $0.traceparent) }
        if call.span != nil {
            return try await CallContext.span(.client, name, attributes) { span in
                for cause in causes { span.link(cause) }
                try await body()
            }
        }
        let isOneTrace = Set(causes.map(\.traceID)).count == 1
        try await call.run(as: .client, name, of: first.source, after: isOneTrace ? causes.first : nil, attributes) {
            span in
            for cause in isOneTrace ? causes.dropFirst() : causes[...] { span.link(cause) }
            try await body()
        }
    }

    /// Runs a consumer group's work on an event, as a consequence of it.
    static func processing(
        _ event: Event, by group: String, as call: CallContext, _ body: () async throws -> Void
    ) async throws {
        var attributes = common("process", event.topic)
        attributes["messaging.operation.type"] = "process"
        attributes["messaging.consumer.group.name"] = .text(group)
        try await call.run(
            as: .consumer, "process \(event.topic.rawValue)", of: group,
            after: TraceContext(traceparent: event.traceparent), attributes
        ) { _ in try await body() }
    }
}
