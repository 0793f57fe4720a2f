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

    /// A share of this amount in basis points (1 % is 100), by the house rounding rule. Throws `overflow`.
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

/// The one place where money is rounded.
package enum Rounding {
    /// `value × numerator ÷ denominator`, halves away from zero, computed without loss in 128 bits.
    package static func halfAwayFromZero(
        _ value: Int64, times numerator: Int64, over denominator: Int64
    ) throws(MoneyError) -> Int64 {
        let product = Int128(value) * Int128(numerator)
        let divisor = Int128(denominator)
        let half = divisor / 2
        let rounded = product >= 0 ? (product + half) / divisor : (product - half) / divisor
        guard let result = Int64(exactly: rounded) else { throw .overflow }
        return result
    }

    static func allocate(_ total: Int64, by weights: [Int64]) throws(MoneyError) -> [Int64] {
        guard !weights.isEmpty else { return [] }
        guard weights.allSatisfy({ $0 >= 0 }) else { throw .negativeWeight }
        let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard sum > 0 else { return [total] + Array(repeating: 0, count: weights.count - 1) }
        let sign: Int128 = total < 0 ? -1 : 1
        let magnitude = Int128(total) * sign
        var parts: [Int128] = []
        var remainders: [(index: Int, remainder: Int128)] = []
        for (index, weight) in weights.enumerated() {
            let (quotient, remainder) = (magnitude * Int128(weight)).quotientAndRemainder(dividingBy: sum)
            parts.append(quotient)
            remainders.append((index, remainder))
        }
        let missing = Int(magnitude - parts.reduce(0, +))
        remainders.sort { ($0.remainder, $1.index) > ($1.remainder, $0.index) }
        for entry in remainders.prefix(missing) { parts[entry.index] += 1 }
        return parts.map { Int64($0 * sign) }
    }
}
