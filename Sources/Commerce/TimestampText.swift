/// The rest of a timestamp that is being read.
struct TimestampText {
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
