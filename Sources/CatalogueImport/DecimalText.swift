import Commerce

/// Amounts as people write them, read without ever being a floating-point number.
enum DecimalText {
    /// `24`, `24.5` and `24.50` in minor units of the currency. Nil when it is not a plain decimal number, is too
    /// large, or has more digits than the currency's minor unit (unless they are zeros).
    static func money(_ text: String, _ currency: Currency) -> Money? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, whole.utf8.allSatisfy(isDigit) else { return nil }
        var digits = String(whole)
        var fraction = ""
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].utf8.allSatisfy(isDigit) else { return nil }
            fraction = String(parts[1])
        }
        while fraction.utf8.count > currency.exponent, fraction.hasSuffix("0") { fraction.removeLast() }
        guard fraction.utf8.count <= currency.exponent else { return nil }
        digits += fraction + String(repeating: "0", count: currency.exponent - fraction.utf8.count)
        return Int64(digits).map { Money($0, currency) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
