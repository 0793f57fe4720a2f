import Commerce
import ProductContract

/// Numbers as people and spreadsheets write them, read without floating point, and only when they are unambiguous.
enum DecimalText {
    /// Plain is what has digits with at most one point, as Shopify writes numbers.
    typealias Reading<Value> = (value: Value, isPlain: Bool)

    /// `24.50`, `19,99`, `1,299.00`, `1.299,00`, `1'299.00` and `$24.50` in minor units of the currency. Nil for what is
    /// no such number, is ambiguous (`1.299`), is another currency's, too large, or has more digits than
    /// the currency's minor unit (unless they are zeros).
    static func money(_ text: String, _ currency: Currency) -> Reading<Money>? {
        let number = withoutSigns(text.trimmed, currency)
        guard let reading = DecimalFormat.read(number, decimals: currency.exponent), reading.value <= DraftLimits.price
        else { return nil }
        return (Money(reading.value, currency), reading.isPlain)
    }

    /// `5`, `5.0` and `-2` as whole numbers.
    static func quantity(_ text: String) -> Reading<Int>? {
        let isNegative = text.hasPrefix("-")
        guard let reading = DecimalFormat.read(isNegative ? String(text.dropFirst()) : text, decimals: 0),
            reading.value <= DraftLimits.quantity
        else { return nil }
        return (Int(isNegative ? -reading.value : reading.value), reading.isPlain)
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
