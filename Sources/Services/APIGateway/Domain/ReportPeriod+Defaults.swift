import AnalyticsContract
import Commerce
import ServiceKit

extension ReportPeriod {
    /// Reads `yyyy-mm-dd`; without an end it is today, without a start the 30 days up to the end.
    ///
    /// Throws `invalid_request` (422) with the code `invalid_date` or `out_of_range`, or what the period itself throws.
    init(from: String?, to: String?, now: Instant) throws(ServiceError) {
        let end = try to.map { text throws(ServiceError) in try Self.day(text, "to") } ?? CivilDate(now)
        let start = try from.map { text throws(ServiceError) in try Self.day(text, "from") } ?? end.advanced(by: -29)
        guard start <= end else {
            throw .invalid("from", code: FieldCode.outOfRange, "must not be after `to`")
        }
        try self.init(from: start, to: end)
    }

    private static func day(_ text: String, _ field: String) throws(ServiceError) -> CivilDate {
        guard let day = CivilDate(text) else {
            throw .invalid(field, code: FieldCode.invalidDate, "must be a day, such as 2026-11-23")
        }
        return day
    }
}
