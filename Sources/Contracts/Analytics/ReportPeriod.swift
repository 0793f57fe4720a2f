package import Commerce
package import ServiceKit

/// The days in UTC that a report covers, both ends included.
package struct ReportPeriod: Hashable, Sendable {
    private static let longest: Int64 = 366

    package let from: CivilDate
    package let to: CivilDate

    /// Throws 422 unless the days are in order, at most 366 of them.
    package init(from: CivilDate, to: CivilDate) throws(ServiceError) {
        guard from <= to else {
            throw .invalid("to", code: AnalyticsFieldCode.beforeFrom, "The period ends before it starts.")
        }
        guard from.days(to: to) < Self.longest else {
            throw .invalid(
                "to", code: AnalyticsFieldCode.periodTooLong, "A report covers at most \(Self.longest) days.")
        }
        self.from = from
        self.to = to
    }
}
