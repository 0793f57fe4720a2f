import AnalyticsContract
import Commerce

struct IngestDouble: BehaviourIngest {
    var recorder = CallRecorder()

    func record(_ events: [BehaviourEvent]) async throws { try await recorder.note("record", events) }
}

struct ReportsDouble: Reports {
    var recorder = CallRecorder()
    static let funnel = FunnelReport(sessions: .max, viewed: 4, carted: 3, checkout: 2, ordered: 0)
    static let days = [
        RevenueDay(day: "2026-11-23", orders: 2, gross: Money(.max, .jpy), refunded: Money(-1, .jpy))
    ]
    static let top = [TopProduct(productID: ProductID(), title: "Tasse „Zürich“", quantity: 3, revenue: Money(1, .kwd))]

    func funnel(from: String, to: String) async throws -> FunnelReport {
        try await recorder.note("funnel", Inputs(from, to))
        return Self.funnel
    }

    func revenue(from: String, to: String) async throws -> [RevenueDay] {
        try await recorder.note("revenue", Inputs(from, to))
        return Self.days
    }

    func topProducts(from: String, to: String, limit: Int) async throws -> [TopProduct] {
        try await recorder.note("topProducts", Inputs(from, to, limit))
        return Self.top
    }
}
