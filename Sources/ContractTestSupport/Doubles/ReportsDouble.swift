package import AnalyticsContract
import Commerce

package struct ReportsDouble: Reports {
    package var recorder: CallRecorder

    package init(recorder: CallRecorder = CallRecorder()) {
        self.recorder = recorder
    }

    package static let funnel = FunnelReport(sessions: .max, viewed: 4, carted: 3, checkout: 2, ordered: 0)
    package static let days = [
        RevenueDay(day: "2026-11-23", orders: 2, gross: Money(.max, .jpy), refunded: Money(-1, .jpy))
    ]
    package static let top = [
        TopProduct(productID: ProductID(), title: "Tasse „Zürich“", quantity: 3, revenue: Money(1, .kwd))
    ]

    package func funnel(_ period: ReportPeriod) async throws -> FunnelReport {
        try await recorder.note("funnel", Inputs(period))
        return Self.funnel
    }

    package func revenue(_ period: ReportPeriod) async throws -> [RevenueDay] {
        try await recorder.note("revenue", Inputs(period))
        return Self.days
    }

    package func topProducts(_ period: ReportPeriod, limit: Int) async throws -> [TopProduct] {
        try await recorder.note("topProducts", Inputs(period, limit))
        return Self.top
    }
}
