import AnalyticsContract
import Commerce
import ServiceKit
import Testing

@Suite struct ReportPeriodTests {
    @Test(arguments: [
        ("2026-03-10", "2026-03-09", AnalyticsFieldCode.beforeFrom), ("2025-03-09", "2026-03-10", .periodTooLong),
    ]) func periodsAreChecked(from: String, to: String, code: AnalyticsFieldCode) {
        let error = #expect(throws: ServiceError.self) { try ReportPeriod(from, to) }
        #expect(error?.kind == .invalid)
        #expect(error?.fields.map(\.field) == ["to"] && error?.fields.map(\.code) == [code.rawValue])
    }

    @Test(arguments: [("2025-03-10", "2026-03-10"), ("2024-02-29", "2024-02-29"), ("2023-12-31", "2024-12-30")])
    func aLeapYearOfDaysIsAccepted(from: String, to: String) throws {
        #expect(try ReportPeriod(from, to).from.text == from)
    }
}
