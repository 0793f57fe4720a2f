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

/// What is still to be read of a timestamp.
private struct TimestampText {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ characters: String) -> Bool {
        guard let first = rest.first, characters.utf8.contains(first) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(digits: Int, in range: ClosedRange<Int>) -> Int? {
        guard rest.count >= digits else { return nil }
        var number = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return range.contains(number) ? number : nil
    }

    /// 0 when there is no fraction.
    mutating func milliseconds() -> Int? {
        guard skip(".") else { return 0 }
        guard var sum = digit().map({ $0 * 100 }) else { return nil }
        var weight = 10
        while let digit = digit() {
            sum += digit * weight
            weight /= 10
        }
        return sum
    }

    mutating func offsetMinutes() -> Int? {
        if skip("Zz") { return 0 }
        let isEast = rest.first == UInt8(ascii: "+")
        guard skip("+-"), let hours = number(digits: 2, in: 0...23), skip(":"),
            let minutes = number(digits: 2, in: 0...59)
        else { return nil }
        return (hours * 60 + minutes) * (isEast ? 1 : -1)
    }

    private mutating func digit() -> Int? {
        guard let first = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        rest.removeFirst()
        return Int(first - UInt8(ascii: "0"))
    }
}
