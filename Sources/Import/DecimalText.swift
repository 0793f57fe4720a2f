import Commerce
import ProductContract

/// Numbers as people and spreadsheets write them, read without floating point, and only when they are unambiguous.
enum DecimalText {
    struct Reading<Value: Equatable>: Equatable {
        var value: Value
        /// Digits with at most one point, as Shopify writes numbers.
        var isPlain: Bool
    }

    /// `24.50`, `19,99`, `1,299.00`, `1.299,00`, `1'299.00` and `$24.50` in minor units of the currency. Nil for what is
    /// no such number, is ambiguous (`1.299`), is another currency's, too large, or has more digits than
    /// the currency's minor unit (unless they are zeros).
    static func money(_ text: String, _ currency: Currency) -> Reading<Money>? {
        let number = withoutSigns(text.trimmed, currency)
        guard let reading = scaled(number, exponent: currency.exponent), reading.value <= DraftLimits.price else {
            return nil
        }
        return Reading(value: Money(reading.value, currency), isPlain: reading.isPlain)
    }

    /// `5`, `5.0` and `-2` as whole numbers.
    static func quantity(_ text: String) -> Reading<Int>? {
        let isNegative = text.hasPrefix("-")
        guard let reading = scaled(isNegative ? String(text.dropFirst()) : text, exponent: 0),
            reading.value <= DraftLimits.quantity
        else { return nil }
        return Reading(value: Int(isNegative ? -reading.value : reading.value), isPlain: reading.isPlain)
    }

    /// `1299.00`.
    static func text(_ money: Money) -> String {
        let exponent = money.currency.exponent
        guard exponent > 0 else { return "\(money.amount)" }
        let digits = String(money.amount)
        let padded = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
        return padded.dropLast(exponent) + "." + padded.suffix(exponent)
    }

    private static func scaled(_ text: String, exponent: Int) -> Reading<Int64>? {
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
        guard runs.allSatisfy({ !$0.isEmpty }), let fractional = hasFraction(runs, marks, exponent) else { return nil }
        var fraction = fractional ? runs.removeLast() : ""
        let groupMarks = fractional ? marks.dropLast() : marks[...]
        guard groupMarks.isEmpty || isGrouped(runs) && Set(groupMarks).count == 1 else { return nil }
        while fraction.count > exponent, fraction.hasSuffix("0") { fraction.removeLast() }
        guard fraction.count <= exponent else { return nil }
        let digits = runs.joined() + fraction + String(repeating: "0", count: exponent - fraction.count)
        return Int64(digits).map { Reading(value: $0, isPlain: marks.isEmpty || marks == ["."]) }
    }

    /// Whether the last run of digits is a fraction; nil when that is ambiguous.
    private static func hasFraction(_ runs: [String], _ marks: [Character], _ exponent: Int) -> Bool? {
        guard let last = marks.last else { return false }
        if last == "'" || marks.dropLast().contains(last) { return false }
        guard marks.count == 1, isGrouped(runs) else { return true }
        // Three digits behind one mark: thousands, or a fraction.
        if last == ".", exponent == 3 { return true }
        if last == ",", exponent == 0 { return false }
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

    /// The number without the currency's code or sign before or behind it.
    private static func withoutSigns(_ text: String, _ currency: Currency) -> String {
        var number = text
        let own = ([currency.code] + signs.filter { $0.value.contains(currency.code) }.map(\.key))
            .sorted { $0.count > $1.count }
        if let sign = own.first(where: { number.uppercased().hasPrefix($0.uppercased()) }) {
            number = String(number.dropFirst(sign.count)).trimmed
        }
        if let sign = own.first(where: { number.uppercased().hasSuffix($0.uppercased()) }) {
            number = String(number.dropLast(sign.count)).trimmed
        }
        return number
    }

    private static let signs: [String: Set<String>] = [
        "$": [
            "USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "TWD", "ARS", "CLP", "COP", "BBD", "BSD", "BMD", "BZD",
            "FJD", "GYD", "JMD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "XCD",
        ],
        "US$": ["USD"], "CA$": ["CAD"], "C$": ["CAD"], "A$": ["AUD"], "AU$": ["AUD"], "NZ$": ["NZD"], "HK$": ["HKD"],
        "S$": ["SGD"], "NT$": ["TWD"], "MX$": ["MXN"], "R$": ["BRL"], "€": ["EUR"], "£": ["GBP"], "¥": ["JPY", "CNY"],
        "￥": ["JPY", "CNY"], "円": ["JPY"], "元": ["CNY"], "₹": ["INR"], "₩": ["KRW"], "₫": ["VND"], "đ": ["VND"],
        "₺": ["TRY"], "₴": ["UAH"], "₽": ["RUB"], "₪": ["ILS"], "฿": ["THB"], "₱": ["PHP"], "₦": ["NGN"],
        "kr": ["SEK", "NOK", "DKK", "ISK"], "kr.": ["DKK", "ISK", "SEK", "NOK"], "zł": ["PLN"], "Kč": ["CZK"],
        "Ft": ["HUF"], "lei": ["RON"], "Rp": ["IDR"], "RM": ["MYR"], "Fr.": ["CHF"],
    ]
}
