package import AnalyticsContract
import AuthContract
import Commerce
import ServiceKit

extension AnalyticsService: Reports {
    package func funnel(from: String, to: String) async throws -> FunnelReport {
        try await report(from: from, to: to) { try await readReports.funnel($0) }
    }

    package func revenue(from: String, to: String) async throws -> [RevenueDay] {
        try await report(from: from, to: to) { try await readReports.revenue($0) }
    }

    /// - Parameter limit: 1 to 100.
    package func topProducts(from: String, to: String, limit: Int) async throws -> [TopProduct] {
        try CallContext.current.principal.require(.reportsRead)
        guard (1...100).contains(limit) else {
            throw ServiceError.invalid("limit", code: FieldCode.outOfRange, "The limit is 1 to 100.")
        }
        return try await report(from: from, to: to) { try await readReports.topProducts($0, limit: limit) }
    }

    private func report<Value>(
        from: String, to: String, method: String = #function, _ read: (ReportPeriod) async throws -> Value
    ) async throws -> Value {
        try await boundary.call(method) {
            try CallContext.current.principal.require(.reportsRead)
            return try await read(try ReportPeriod(from: from, to: to))
        }
    }
}
