import Commerce

/// An amount that a rule names in some currencies. In any other the rule does not apply.
struct CurrencyAmounts: Hashable, Sendable {
    var minorUnits: [Currency: Int64]

    func money(in currency: Currency) -> Money? {
        minorUnits[currency].map { Money($0, currency) }
    }
}
