/// Decimal numbers as people and spreadsheets write them, without ever being a floating-point number.
package enum DecimalFormat {
    package struct Reading: Hashable, Sendable {
        /// In units of the last decimal: 1299 for `12.99` with two decimals.
        package var value: Int64
        /// Digits with at most one point.
        package var isPlain: Bool

        package init(value: Int64, isPlain: Bool) {
            self.value = value
            self.isPlain = isPlain
        }
    }

    /// `1299.00`, or `1,299.00` when grouped; a negative number starts with `-`.
    ///
    /// - Parameters:
    ///   - amount: In units of the last decimal.
    ///   - decimals: How many of the digits are decimals: a currency's exponent.
    package static func text(_ amount: some BinaryInteger, decimals: Int, grouped: Bool = false) -> String {
        var digits = String(amount.magnitude)
        if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
        let whole = digits.dropLast(decimals)
        var text = amount < 0 ? "-" : ""
        for (index, digit) in whole.enumerated() {
            if grouped, index > 0, (whole.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return decimals == 0 ? text : text + "." + digits.suffix(decimals)
    }

    /// Reads `24.50`, `19,99`, `1,299.00`, `1.299,00` and `1'299.00`. Nil for what is no such number, might be read in two
    /// ways (`1.299`), or has more decimals (unless they are zeros).
    package static func read(_ text: String, decimals: Int) -> Reading? {
        var runs = [""]
        var marks: [Character] = []
        for character in text {
            if character.isASCII, character.isNumber {
                runs[runs.count - 1].append(character)
            } else if let mark = mark(character) {
                marks.append(mark)
                runs.append("")
            } else {
                return nil
            }
        }
        guard runs.allSatisfy({ !$0.isEmpty }), let hasFraction = hasFraction(runs, marks, decimals) else { return nil }
        var fraction = hasFraction ? runs.removeLast() : ""
        let groupMarks = hasFraction ? marks.dropLast() : marks[...]
        guard groupMarks.isEmpty || isGrouped(runs) && Set(groupMarks).count == 1 else { return nil }
        while fraction.count > decimals, fraction.hasSuffix("0") { fraction.removeLast() }
        guard fraction.count <= decimals else { return nil }
        let digits = runs.joined() + fraction + String(repeating: "0", count: decimals - fraction.count)
        return Int64(digits).map { Reading(value: $0, isPlain: marks.isEmpty || marks == ["."]) }
    }

    /// Whether the last run of digits is a fraction; nil when that cannot be decided.
    private static func hasFraction(_ runs: [String], _ marks: [Character], _ decimals: Int) -> Bool? {
        guard let last = marks.last else { return false }
        if last == "'" || marks.dropLast().contains(last) { return false }
        guard marks.count == 1, isGrouped(runs) else { return true }
        // Three digits behind one mark: thousands, or a fraction.
        if last == ".", decimals == 3 { return true }
        if last == ",", decimals == 0 { return false }
        return nil
    }

    /// `1` `299` or `12` `345` `678`.
    private static func isGrouped(_ runs: [String]) -> Bool {
        guard let first = runs.first, (1...3).contains(first.count), !first.hasPrefix("0") else { return false }
        return runs.dropFirst().allSatisfy { $0.count == 3 }
    }

    private static func mark(_ character: Character) -> Character? {
        switch character {
        case ".", ",": character
        case "'", "’", " ", "\u{A0}", "\u{2009}", "\u{202F}": "'"
        default: nil
        }
    }
}

extension Money {
    /// The amount alone: `1299.00`, or `1,299.00` when grouped.
    package func decimalText(grouped: Bool = false) -> String {
        DecimalFormat.text(amount, decimals: currency.exponent, grouped: grouped)
    }
}
