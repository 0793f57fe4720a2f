/// Read models over behaviour and orders. Staff, `reports:read`.
package protocol Reports: Sendable {
    func funnel(_ period: ReportPeriod) async throws -> FunnelReport
    func revenue(_ period: ReportPeriod) async throws -> [RevenueDay]
    func topProducts(_ period: ReportPeriod, limit: Int) async throws -> [TopProduct]
}
