import AnalyticsContract
import Commerce
import ServiceKit

/// The days a report covers, both ends included.
struct ReportPeriod: Hashable, Sendable {
    static let longest: Int64 = 366

    let from: CivilDate
    let to: CivilDate

    /// Throws 422 with every fault unless both are days of the calendar, in order, at most 366 of them.
    init(from: String, to: String) throws(ServiceError) {
        let first = CivilDate(from)
        let last = CivilDate(to)
        var faults = FieldFaults()
        for (name, day) in [("from", first), ("to", last)] where day == nil {
            faults.report(name, FieldCode.invalid, "A day is written yyyy-mm-dd.")
        }
        guard let first, let last else { throw .invalid(faults.fields) }
        guard first <= last else {
            throw .invalid("to", code: AnalyticsFieldCode.beforeFrom, "The period ends before it starts.")
        }
        guard first.days(to: last) < Self.longest else {
            throw .invalid(
                "to", code: AnalyticsFieldCode.periodTooLong, "A report covers at most \(Self.longest) days.")
        }
        self.from = first
        self.to = last
    }
}
