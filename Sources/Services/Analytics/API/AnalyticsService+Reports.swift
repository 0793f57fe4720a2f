package import AnalyticsContract
import AuthContract
import Commerce
import ServiceKit

extension AnalyticsService: Reports {
    package func funnel(_ period: ReportPeriod) async throws -> FunnelReport {
        try CallContext.current.principal.require(.reportsRead)
        return try await boundary.call { try await readReports.funnel(period) }
    }

    package func revenue(_ period: ReportPeriod) async throws -> [RevenueDay] {
        try CallContext.current.principal.require(.reportsRead)
        return try await boundary.call { try await readReports.revenue(period) }
    }

    /// - Parameter limit: 1 to 100.
    package func topProducts(_ period: ReportPeriod, limit: Int) async throws -> [TopProduct] {
        try CallContext.current.principal.require(.reportsRead)
        guard (1...100).contains(limit) else {
            throw ServiceError.invalid("limit", code: FieldCode.outOfRange, "The limit is 1 to 100.")
        }
        return try await boundary.call { try await readReports.topProducts(period, limit: limit) }
    }
}
