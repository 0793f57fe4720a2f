import Commerce

/// A day in UTC of the years 0001 to 9999, kept as a count since 1970-01-01.
struct ReportDay: Hashable, Sendable, Comparable {
    private let number: Int64

    init(_ instant: Instant) {
        let length: Int64 = 86_400_000
        let (quotient, remainder) = instant.milliseconds.quotientAndRemainder(dividingBy: length)
        number = remainder < 0 ? quotient - 1 : quotient
    }

    /// Reads `yyyy-mm-dd`; nil when malformed or not in the calendar.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            guard bytes[range].allSatisfy({ (48...57).contains($0) }) else { return nil }
            return bytes[range].reduce(0) { $0 * 10 + Int64($1 - 48) }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), year >= 1,
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        self.number = Self.days(year: year, month: month, day: day)
        guard self.text == text else { return nil }  // February 30th reads back as March 2nd.
    }

    static func < (left: ReportDay, right: ReportDay) -> Bool { left.number < right.number }

    /// Days from this one to the other, this one not counted.
    func days(to other: ReportDay) -> Int64 { other.number - number }

    /// `yyyy-mm-dd`. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    var text: String {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    /// The same source's days_from_civil.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
