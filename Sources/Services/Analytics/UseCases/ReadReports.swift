import AnalyticsContract
import SQL

/// Computes reports from the read models.
struct ReadReports: Sendable {
    let database: any Database

    func funnel(_ period: ReportPeriod) async throws -> FunnelReport {
        try await database.read { tx in try ReportQueries.funnel(period, in: tx) }
    }

    func revenue(_ period: ReportPeriod) async throws -> [RevenueDay] {
        try await database.read { tx in try ReportQueries.revenue(period, in: tx) }
    }

    func topProducts(_ period: ReportPeriod, limit: Int) async throws -> [TopProduct] {
        try await database.read { tx in try ReportQueries.topProducts(period, limit: limit, in: tx) }
    }
}
