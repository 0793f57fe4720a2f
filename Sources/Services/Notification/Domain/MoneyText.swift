import Commerce
import EventContract

/// Amounts as people read them: `1,299.00 USD`, `1,980 JPY`, `1.250 KWD`.
enum MoneyText {
    /// Throws `UnknownCurrency` rather than guess where the decimal point goes.
    static func text(_ money: EventMoney?) throws -> String {
        guard let money else { throw UnknownCurrency(code: "") }
        guard let currency = Currency(money.currency) else { throw UnknownCurrency(code: money.currency) }
        return Money(money.amount, currency).decimalText(grouped: true) + " " + currency.code
    }
}

struct UnknownCurrency: Error { var code: String }
