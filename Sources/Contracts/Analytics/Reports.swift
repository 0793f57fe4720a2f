/// Read models over behaviour and orders. Staff, `reports:read`. Days are UTC, `yyyy-mm-dd`, both ends included.
package protocol Reports: Sendable {
    func funnel(from: String, to: String) async throws -> FunnelReport
    func revenue(from: String, to: String) async throws -> [RevenueDay]
    func topProducts(from: String, to: String, limit: Int) async throws -> [TopProduct]
}
