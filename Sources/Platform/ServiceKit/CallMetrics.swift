import CoreMetrics

/// Metrics of calls between services, by the semantic conventions of RPC:
/// https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/
package enum CallMetrics {
    /// What a service has done, in both shapes.
    static let server = Metric(
        .histogram, "rpc.server.call.duration", unit: "s",
        labels: ["rpc.system.name", "rpc.method", "rpc.response.status_code"],
        help: "Duration of calls that a service has received.")
    package static let client = Metric(
        .histogram, "rpc.client.call.duration", unit: "s",
        labels: ["rpc.system.name", "rpc.method", "server.address", "rpc.response.status_code"],
        help: "Duration of calls to other services, repetitions included.")
    package static let breakerOpen = Metric(
        .gauge, "magpie.circuit_breaker.open", labels: ["server.address"],
        help: "1 while calls to a service that does not respond are refused at once.")

    package static let all = [server, client, breakerOpen]

    /// The status of a call by the names of gRPC, whatever carried it.
    package static func status(of error: (any Error)?) -> String {
        switch error {
        case nil: "OK"
        case let error as ServiceError: error == .deadlineExceeded ? "DEADLINE_EXCEEDED" : error.kind.statusName
        case is CancellationError: "CANCELLED"
        default: "INTERNAL"
        }
    }
}

extension ServiceError.Kind {
    fileprivate var statusName: String {
        switch self {
        case .unreadable, .invalid, .tooLarge: "INVALID_ARGUMENT"
        case .unauthenticated: "UNAUTHENTICATED"
        case .paymentRequired, .conflict: "FAILED_PRECONDITION"
        case .forbidden: "PERMISSION_DENIED"
        case .notFound: "NOT_FOUND"
        case .tooManyRequests: "RESOURCE_EXHAUSTED"
        case .unavailable: "UNAVAILABLE"
        case .internal: "INTERNAL"
        }
    }
}
