import Commerce

/// Money as people write it.
enum Prices {
    private static let symbols = ["USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"]

    /// `$1,299.00`, `¥4,200`, `KWD 1.250`; a negative amount has its minus in front.
    static func text(_ money: Money) -> String {
        let sign = money.amount < 0 ? "−" : ""
        let currency = money.currency
        let symbol = symbols[currency.code] ?? currency.code + "\u{A0}"
        return sign + symbol + number(money.amount.magnitude, exponent: currency.exponent, grouped: true)
    }

    /// The number alone, for an input: `12.50`.
    static func plain(_ amount: Int64, _ currency: Currency) -> String {
        number(amount.magnitude, exponent: currency.exponent, grouped: false)
    }

    /// Minor units of what a visitor typed: `12`, `12.5`, `12,50`; nil when it is no price.
    static func amount(of text: String, in currency: Currency) -> Int64? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let major = Int64(parts[0]), major < 1_000_000_000
        else { return nil }
        let decimals = (parts.count == 2 ? String(parts[1]) : "").prefix(currency.exponent)
        let minor = Int64(decimals + String(repeating: "0", count: currency.exponent - decimals.count)) ?? 0
        return major * currency.minorUnitsPerMajor + minor
    }

    private static func number(_ magnitude: UInt64, exponent: Int, grouped: Bool) -> String {
        var digits = String(magnitude)
        if digits.count <= exponent { digits = String(repeating: "0", count: exponent + 1 - digits.count) + digits }
        let whole = digits.dropLast(exponent)
        var text = ""
        for (index, digit) in whole.enumerated() {
            if grouped, index > 0, (whole.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return exponent == 0 ? text : text + "." + digits.suffix(exponent)
    }
}
