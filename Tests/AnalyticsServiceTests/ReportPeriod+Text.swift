import AnalyticsContract
import Commerce
import Testing

extension ReportPeriod {
    /// Of days such as `2026-03-10`.
    init(_ from: String, _ to: String) throws {
        try self.init(from: try #require(CivilDate(from)), to: try #require(CivilDate(to)))
    }
}
