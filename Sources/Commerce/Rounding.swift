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
