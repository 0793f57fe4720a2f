/// A day of the Gregorian calendar in UTC, of the years 0001 to 9999.
///
/// Algorithms: Howard Hinnant, https://howardhinnant.github.io/date_algorithms.html. Years start in March there, so that
/// the leap day is their last.
package struct CivilDate: Hashable, Sendable, Comparable {
    /// Since 1970-01-01.
    package let dayNumber: Int64

    package init(dayNumber: Int64) { self.dayNumber = dayNumber }

    /// The day of an instant.
    package init(_ instant: Instant) {
        let (quotient, remainder) = instant.milliseconds.quotientAndRemainder(dividingBy: Self.milliseconds)
        dayNumber = remainder < 0 ? quotient - 1 : quotient
    }

    /// nil when there is no such day.
    package init?(year: Int64, month: Int64, day: Int64) {
        guard (1...9_999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = era * 146_097 + dayOfEra - 719_468
        // The 30th of February reads back as the 1st or 2nd of March.
        guard parts == (year, month, day) else { return nil }
    }

    /// Reads `yyyy-mm-dd`; nil when malformed or not in the calendar.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            guard bytes[range].allSatisfy({ (48...57).contains($0) }) else { return nil }
            return bytes[range].reduce(0) { $0 * 10 + Int64($1 - 48) }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool { left.dayNumber < right.dayNumber }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    package var parts: (year: Int64, month: Int64, day: Int64) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// 0 for Sunday to 6 for Saturday.
    package var weekday: Int {
        let remainder = Int((dayNumber + 4) % 7)  // 1970-01-01 was a Thursday.
        return remainder < 0 ? remainder + 7 : remainder
    }

    /// `yyyy-mm-dd`
    package var text: String {
        let (year, month, day) = parts
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    package func advanced(by days: Int64) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

    /// Days from this one to the other, this one not counted.
    package func days(to other: CivilDate) -> Int64 { other.dayNumber - dayNumber }

    private static let milliseconds: Int64 = 86_400_000

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
