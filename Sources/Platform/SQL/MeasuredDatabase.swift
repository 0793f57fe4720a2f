package import CoreMetrics
import ServiceKit

/// A database whose transactions are measured, and spans of the call that makes them: one for all statements of a
/// transaction, whose text is in no span. https://opentelemetry.io/docs/specs/semconv/database/database-spans/
package struct MeasuredDatabase: Database {
    private let base: any Database
    private let name: String
    private let durations: MetricFamily<any TimerHandler>

    /// - Parameters:
    ///   - name: Of the file or schema: `db.namespace`.
    ///   - service: Whose it is.
    package init(
        _ base: any Database, name: String, service: String, metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        self.base = base
        self.name = name
        durations = DatabaseMetrics.operations.timers(service: service, in: metrics)
    }

    package var dialect: SQLDialect { base.dialect }
    package var channels: Channels { base.channels }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await measured("read") { try await base.read(body) }
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await measured("write") { try await base.write(body) }
    }

    private func measured<Value>(_ operation: String, _ body: () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        var errorType = ""
        defer {
            durations[base.dialect.systemName, name, operation, errorType].record(ContinuousClock.now - start)
        }
        return try await CallContext.span(
            .client, "\(operation) \(name)",
            [
                "db.system.name": .text(base.dialect.systemName), "db.namespace": .text(name),
                "db.operation.name": .text(operation),
            ], failsFor: { _ in false }
        ) { span in
            do {
                return try await body()
            } catch let error as SQLError {
                // An error of the body's own rolls the transaction back, as it should.
                errorType = error.type
                span.fail(error.type)
                throw error
            }
        }
    }
}

extension SQLDialect {
    /// `db.system.name` of the semantic conventions.
    fileprivate var systemName: String { self == .sqlite ? "sqlite" : "postgresql" }
}
