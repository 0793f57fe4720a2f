/// Metrics of databases and other stores, by the semantic conventions of database clients:
/// https://opentelemetry.io/docs/specs/semconv/db/database-metrics/
package enum DatabaseMetrics {
    package static let operations = Metric(
        .histogram, "db.client.operation.duration", unit: "s",
        labels: ["db.system.name", "db.namespace", "db.operation.name", "error.type"],
        help: "Duration of transactions (read, write) and commands, waiting for a connection included.")
    /// Not `db.client.connection.count`, as the conventions have it: gauges must not end in `_count` in Prometheus.
    package static let connections = Metric(
        .gauge, "magpie.db.connections",
        labels: ["db.client.connection.pool.name", "db.client.connection.state"],
        help: "Open connections of a pool that are idle or used.")
    package static let mostConnections = Metric(
        .gauge, "db.client.connection.max", labels: ["db.client.connection.pool.name"],
        help: "The most connections that a pool opens.")
    package static let waiting = Metric(
        .gauge, "db.client.connection.pending_requests", labels: ["db.client.connection.pool.name"],
        help: "Callers that wait for a connection, or for their turn to write.")
    package static let waits = Metric(
        .histogram, "db.client.connection.wait_time", unit: "s", labels: ["db.client.connection.pool.name"],
        help: "How long callers waited for a connection.")
    package static let timeouts = Metric(
        .counter, "db.client.connection.timeouts", labels: ["db.client.connection.pool.name"],
        help: "Callers that got no connection in time.")

    package static let all = [operations, connections, mostConnections, waiting, waits, timeouts]
}
