import Commerce
import EventContract

/// Amounts as people read them: `1,299.00 USD`, `1,980 JPY`, `1.250 KWD`.
enum MoneyText {
    /// Throws `UnknownCurrency` rather than guess where the decimal point goes.
    static func text(_ money: EventMoney?) throws -> String {
        guard let money else { throw UnknownCurrency(code: "") }
        guard let currency = Currency(money.currency) else { throw UnknownCurrency(code: money.currency) }
        return text(money.amount, currency)
    }

    static func text(_ amount: Int64, _ currency: Currency) -> String {
        let (major, minor) = amount.magnitude.quotientAndRemainder(dividingBy: currency.minorUnitsPerMajor.magnitude)
        var text = (amount < 0 ? "-" : "") + grouped(major)
        if currency.exponent > 0 {
            let digits = String(minor)
            text += "." + String(repeating: "0", count: currency.exponent - digits.count) + digits
        }
        return text + " " + currency.code
    }

    private static func grouped(_ number: UInt64) -> String {
        let digits = Array(String(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

struct UnknownCurrency: Error { var code: String }
