package import ServiceKit

/// Metrics of HTTP servers and clients, by the semantic conventions:
/// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
package enum HTTPMetrics {
    static let requests = Metric(
        .histogram, "http.server.request.duration", unit: "s",
        labels: ["http.request.method", "http.route", "http.response.status_code"],
        help: "Duration of requests, by route template.")
    static let active = Metric(.gauge, "http.server.active_requests", help: "Requests in progress.")
    package static let clientRequests = Metric(
        .histogram, "http.client.request.duration", unit: "s",
        labels: ["http.request.method", "server.address", "http.response.status_code", "error.type"],
        help: "Duration of requests to other servers.")
    static let refused = Metric(
        .counter, "magpie.requests.refused", labels: ["reason"],
        help: "Requests that were refused to protect the service: timeout, body_size, rate_limit or overload.")
    static let connections = Metric(.gauge, "magpie.http.connections", help: "Open connections of clients.")
    static let mostConnections = Metric(
        .gauge, "magpie.http.connections_limit", help: "The most connections that are open at a time.")
    static let bodies = Metric(.gauge, "magpie.request_bodies.memory", unit: "By", help: "Memory of request bodies.")
    static let mostBodies = Metric(
        .gauge, "magpie.request_bodies.memory_limit", unit: "By", help: "The most memory that request bodies may take.")
    static let loopLag = Metric(
        .gauge, "magpie.event_loop.lag", unit: "s",
        help: "How long the slowest event loop took to begin new work, measured at each scrape.")
    static let ready = Metric(.gauge, "magpie.ready", help: "1 when all readiness checks succeed, else 0.")

    package static let all = [
        requests, active, clientRequests, refused, connections, mostConnections, bodies, mostBodies, loopLag, ready,
    ]
}
