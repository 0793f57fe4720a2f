import Commerce

/// Money as people write it.
enum Prices {
    private static let symbols = ["USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"]

    /// `$1,299.00`, `¥4,200`, `KWD 1.250`; a negative amount has its minus in front.
    static func text(_ money: Money) -> String {
        let sign = money.amount < 0 ? "−" : ""
        let currency = money.currency
        let symbol = symbols[currency.code] ?? currency.code + "\u{A0}"
        return sign + symbol + DecimalFormat.text(money.amount.magnitude, decimals: currency.exponent, grouped: true)
    }

    /// The number alone, for an input: `12.50`.
    static func plain(_ amount: Int64, _ currency: Currency) -> String {
        DecimalFormat.text(amount.magnitude, decimals: currency.exponent)
    }

    /// Minor units of what a visitor typed: `12`, `12.5`, `12,50`, `1,299.00`; nil when it is no price, might be read in
    /// two ways, or has more decimals than the currency.
    static func amount(of text: String, in currency: Currency) -> Int64? {
        guard let reading = DecimalFormat.read(text.trimmed, decimals: currency.exponent),
            reading.value < 1_000_000_000 * currency.minorUnitsPerMajor
        else { return nil }
        return reading.value
    }
}
