package import AnalyticsContract
package import RPC

/// `Reports` of another process.
package struct HTTPReports: Reports {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func funnel(_ period: ReportPeriod) async throws -> FunnelReport {
        try await connection.call(ReportMethods.funnel, .init(period))
    }

    package func revenue(_ period: ReportPeriod) async throws -> [RevenueDay] {
        try await connection.call(ReportMethods.revenue, .init(period))
    }

    package func topProducts(_ period: ReportPeriod, limit: Int) async throws -> [TopProduct] {
        try await connection.call(ReportMethods.topProducts, .init(period, limit: limit))
    }
}

extension WireRoutes {
    /// Offers these reports to other processes.
    package mutating func add(_ reports: any Reports) {
        on(ReportMethods.funnel) { try await reports.funnel($0.period()) }
        on(ReportMethods.revenue) { try await reports.revenue($0.period()) }
        on(ReportMethods.topProducts) { input in
            try await reports.topProducts(input.period(), limit: input.limit ?? 10)
        }
    }
}
