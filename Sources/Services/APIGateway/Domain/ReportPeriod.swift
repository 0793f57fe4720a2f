import Commerce
import ServiceKit

/// The days a report covers, both ends included, in UTC.
struct ReportPeriod: Sendable {
    let from: String
    let to: String

    /// Reads `yyyy-mm-dd`; without an end it is today, without a start the 30 days up to the end.
    ///
    /// Throws `invalid_request` (422) with the code `invalid_date` or `out_of_range`.
    init(from: String?, to: String?, now: Instant) throws(ServiceError) {
        let to = to ?? Self.day(of: now)
        let end = try Self.midnight(of: to, "to")
        let from = from ?? Self.day(of: end.advanced(by: .seconds(-29 * 86_400)))
        guard try Self.midnight(of: from, "from") <= end else {
            throw .invalid("from", code: FieldCode.outOfRange, "must not be after `to`")
        }
        self.from = from
        self.to = to
    }

    private static func day(of instant: Instant) -> String { String(instant.rfc3339.prefix(10)) }

    private static func midnight(of day: String, _ field: String) throws(ServiceError) -> Instant {
        // Formatting it again finds what a lenient parser accepts, such as the 30th of February.
        guard day.utf8.count == 10, let midnight = Instant(rfc3339: day + "T00:00:00Z"), Self.day(of: midnight) == day
        else {
            throw .invalid(field, code: FieldCode.invalidDate, "must be a day, such as 2026-11-23")
        }
        return midnight
    }
}
