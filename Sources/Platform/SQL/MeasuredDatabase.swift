package import CoreMetrics
import ServiceKit

/// A database whose transactions are measured.
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
        do {
            return try await body()
        } catch let error as SQLError {
            errorType = error.type
            throw error
        }
    }
}

extension SQLDialect {
    /// `db.system.name` of the semantic conventions.
    fileprivate var systemName: String { self == .sqlite ? "sqlite" : "postgresql" }
}
