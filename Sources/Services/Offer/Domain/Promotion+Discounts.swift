import Commerce

extension Promotion {
    /// What comes off each of these lines, none of it negative or above what is left of the line.
    ///
    /// Throws `MoneyError`, and `PricingRun.Refusal.notInCurrency` when the amounts do not know the currency.
    func discounts(on lines: [PricingRun.Line], in currency: Currency) throws -> [Money] {
        switch effect {
        case .percentage(let basisPoints):
            if target == .order {
                return try allocate(
                    try sum(lines, in: currency).share(basisPoints: basisPoints), to: lines, in: currency)
            }
            return try lines.map { try $0.remaining.share(basisPoints: basisPoints) }
        case .fixed(let amounts, let perItem):
            guard let amount = amounts.money(in: currency) else { throw PricingRun.Refusal.notInCurrency }
            if perItem {
                return try lines.map { try smaller(amount.multiplied(by: $0.quantity), $0.remaining) }
            }
            return try allocate(amount, to: lines, in: currency)
        case .buyGet(let buy, let get, let basisPoints, let limit):
            let units = lines.reduce(0) { $0 + $1.quantity }
            let times = min(units / (buy + get), limit ?? .max)
            return try cheapest(times * get, of: lines, basisPoints: basisPoints, in: currency)
        case .freeShipping:
            return lines.map { _ in .zero(currency) }
        }
    }

    private func sum(_ lines: [PricingRun.Line], in currency: Currency) throws -> Money {
        try lines.reduce(Money.zero(currency)) { try $0.adding($1.remaining) }
    }

    private func smaller(_ left: Money, _ right: Money) -> Money { left.amount < right.amount ? left : right }

    /// Largest remainder by what is left to pay: no part can exceed it, because the whole does not exceed the sum.
    private func allocate(_ amount: Money, to lines: [PricingRun.Line], in currency: Currency) throws -> [Money] {
        try smaller(amount, sum(lines, in: currency)).allocated(by: lines.map(\.remaining.amount))
    }

    private func cheapest(
        _ count: Int, of lines: [PricingRun.Line], basisPoints: Int, in currency: Currency
    ) throws -> [Money] {
        // The price of a unit is remaining ÷ quantity; compared by cross multiplication, so without rounding.
        let order = lines.indices.sorted { left, right in
            let one = Int128(lines[left].remaining.amount) * Int128(lines[right].quantity)
            let other = Int128(lines[right].remaining.amount) * Int128(lines[left].quantity)
            return (one, left) < (other, right)
        }
        var discounts = [Money](repeating: .zero(currency), count: lines.count)
        var left = count
        for index in order where left > 0 {
            let line = lines[index]
            let units = min(left, line.quantity)
            left -= units
            let amount = try Rounding.halfAwayFromZero(
                line.remaining.amount, times: Int64(units * basisPoints), over: Int64(line.quantity) * 10_000)
            discounts[index] = Money(amount, currency)
        }
        return discounts
    }
}
