/// An amount in whole minor units of one currency. There is no fractional money in Magpie.
package struct Money: Hashable, Sendable, Codable {
    /// Minor units: cents for USD, yen for JPY, fils for KWD.
    package let amount: Int64
    package let currency: Currency

    package init(_ amount: Int64, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }

    package static func zero(_ currency: Currency) -> Money { Money(0, currency) }

    package var isZero: Bool { amount == 0 }

    /// Throws `currencyMismatch` or `overflow`.
    package func adding(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        let (sum, overflow) = amount.addingReportingOverflow(other.amount)
        guard !overflow else { throw .overflow }
        return Money(sum, currency)
    }

    /// Throws `currencyMismatch` or `overflow`.
    package func subtracting(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        let (difference, overflow) = amount.subtractingReportingOverflow(other.amount)
        guard !overflow else { throw .overflow }
        return Money(difference, currency)
    }

    /// Throws `overflow`.
    package func multiplied(by quantity: Int) throws(MoneyError) -> Money {
        let (product, overflow) = amount.multipliedReportingOverflow(by: Int64(quantity))
        guard !overflow else { throw .overflow }
        return Money(product, currency)
    }

    /// A share of this amount in basis points (1 % is 100), by the rule of ``Rounding``. Throws `overflow`.
    package func share(basisPoints: Int) throws(MoneyError) -> Money {
        try Money(Rounding.halfAwayFromZero(amount, times: Int64(basisPoints), over: 10_000), currency)
    }

    /// Splits the amount by weights so that the parts sum to it exactly (largest remainder method).
    ///
    /// - Parameter weights: One non-negative weight a part. With all weights zero the first part takes everything.
    package func allocated(by weights: [Int64]) throws(MoneyError) -> [Money] {
        let shares = try Rounding.allocate(amount, by: weights)
        return shares.map { Money($0, currency) }
    }

    enum CodingKeys: String, CodingKey { case amount, currency }
}

package enum MoneyError: Error, Hashable, Sendable {
    case currencyMismatch
    case overflow
    case negativeWeight
}
