import AnalyticsContract
import Commerce
import ServiceKit
import Testing

@testable import APIGateway

@Suite struct ReportPeriodTests {
    @Test func aReportCoversThirtyDaysByDefault() throws {
        let now = try #require(Instant(rfc3339: "2026-11-23T10:00:00Z"))
        let standard = try ReportPeriod(from: nil, to: nil, now: now)
        #expect(standard.from.text == "2026-10-25")
        #expect(standard.to.text == "2026-11-23")
        let past = try ReportPeriod(from: nil, to: "2026-03-01", now: now)
        #expect(past.from.text == "2026-01-31")
    }

    @Test(arguments: [
        ("2026-02-30", "2026-03-01"), ("yesterday", "2026-03-01"), ("2026-03-02", "2026-03-01"), ("2026-1-1", nil),
    ])
    func invalidDaysAreRefused(from: String, to: String?) {
        #expect(throws: ServiceError.self) { try ReportPeriod(from: from, to: to, now: .now) }
    }
}
