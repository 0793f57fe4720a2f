import Tracing

/// The kind of a span: https://opentelemetry.io/docs/specs/otel/trace/api/#spankind
package enum SpanRole: Sendable {
    case server, client, producer, consumer, `internal`

    var kind: SpanKind {
        switch self {
        case .server: .server
        case .client: .client
        case .producer: .producer
        case .consumer: .consumer
        case .internal: .internal
        }
    }
}
