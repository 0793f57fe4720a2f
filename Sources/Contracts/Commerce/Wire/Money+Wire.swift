package import Commerce
import RPC

extension Currency {
    package init(wire text: String, _ field: String) throws {
        guard let currency = Currency(text) else { throw WireFault(field, "is not an ISO 4217 currency") }
        self = currency
    }
}

extension Money {
    /// A message that is absent has no currency and is refused for that.
    package init(wire: Magpie_Commerce_V1_Money, _ field: String) throws {
        self.init(wire.amount, try Currency(wire: wire.currency, "\(field).currency"))
    }
}

extension Magpie_Commerce_V1_Money {
    package init(_ money: Money) {
        amount = money.amount
        currency = money.currency.code
    }
}
