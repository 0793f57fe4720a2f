package import Commerce

/// An amount as an event says it. A consumer decides what to do with a currency that it does not know.
package struct EventMoney: Hashable, Sendable {
    /// Minor units.
    package var amount: Int64
    /// An ISO 4217 code.
    package var currency: String

    package init(_ amount: Int64, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }

    package init(_ money: Money) { self.init(money.amount, money.currency.code) }
}
