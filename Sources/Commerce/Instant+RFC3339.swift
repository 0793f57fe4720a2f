extension Instant {
    /// Reads RFC 3339: any offset, any number of fractional digits (those beyond milliseconds are cut off). nil when
    /// malformed or when there is no such time; a leap second is refused, as milliseconds since 1970 have no place for it.
    package init?(rfc3339 text: String) {
        var text = TimestampText(text)
        guard let year = text.number(digits: 4, in: 0...9_999), text.skip("-"),
            let month = text.number(digits: 2, in: 1...12), text.skip("-"),
            let day = text.number(digits: 2, in: 1...Self.days(in: month, of: year)), text.skip("Tt"),
            let hour = text.number(digits: 2, in: 0...23), text.skip(":"),
            let minute = text.number(digits: 2, in: 0...59), text.skip(":"),
            let second = text.number(digits: 2, in: 0...59), let fraction = text.milliseconds(),
            let offset = text.offsetMinutes(), text.isAtEnd
        else { return nil }
        let minutes = (Self.daysSince1970(year, month, day) * 24 + hour) * 60 + minute - offset
        self.init(milliseconds: Int64((minutes * 60 + second) * 1_000 + fraction))
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Howard Hinnant, https://howardhinnant.github.io/date_algorithms.html#days_from_civil: years start in March, so
    /// that the leap day is their last.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year + 399 : year + 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468 - 146_097
    }
}
