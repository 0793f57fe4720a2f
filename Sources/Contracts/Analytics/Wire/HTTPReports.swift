package import AnalyticsContract
package import RPC

/// `Reports` of another process.
package struct HTTPReports: Reports {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func funnel(from: String, to: String) async throws -> FunnelReport {
        try await connection.call(ReportMethods.funnel, .init(from: from, to: to))
    }

    package func revenue(from: String, to: String) async throws -> [RevenueDay] {
        try await connection.call(ReportMethods.revenue, .init(from: from, to: to))
    }

    package func topProducts(from: String, to: String, limit: Int) async throws -> [TopProduct] {
        try await connection.call(ReportMethods.topProducts, .init(from: from, to: to, limit: limit))
    }
}

extension WireRoutes {
    /// Offers these reports to other processes.
    package mutating func add(_ reports: any Reports) {
        on(ReportMethods.funnel) { try await reports.funnel(from: $0.from, to: $0.to) }
        on(ReportMethods.revenue) { try await reports.revenue(from: $0.from, to: $0.to) }
        on(ReportMethods.topProducts) { input in
            try await reports.topProducts(from: input.from, to: input.to, limit: input.limit ?? 10)
        }
    }
}
