import Commerce
import OfferContract
import ProductContract

/// The state of one pricing: lines in a fixed order, and what is left to pay of each.
struct PricingRun {
    struct Line {
        let id: LineID
        let detail: VariantDetail
        let quantity: Int
        /// Before discounts.
        let subtotal: Money
        /// What is left to pay, never negative.
        var remaining: Money
        var adjustments: [Adjustment] = []
        var groups: Set<String> = []
        /// Where the line stands in the request.
        let position: Int
    }

    enum Refusal: Error { case nothingMatches, belowMinimum, notInCurrency, notCombinable, noEffect }

    let currency: Currency
    private(set) var lines: [Line]
    /// One set for each promotion that makes shipping free; nil: all options.
    private(set) var freedShipping: [Set<String>?] = []
    private var groupsOnOrder: Set<String> = []
    private let shippingOption: String?

    /// Throws `MoneyError`.
    init(_ request: PricingRequest) throws {
        currency = request.currency
        shippingOption = request.shippingOption
        lines = try request.lines.enumerated().map { position, line in
            let subtotal = try line.detail.variant.price.multiplied(by: line.quantity)
            return Line(
                id: line.id, detail: line.detail, quantity: line.quantity, subtotal: subtotal, remaining: subtotal,
                position: position)
        }
        // Rounding remainders go to the first of equals: the order must not depend on how the caller sorted.
        lines.sort { $0.id < $1.id }
    }

    /// What all lines cost after the discounts so far.
    func goods() throws -> Money {
        try lines.reduce(Money.zero(currency)) { try $0.adding($1.remaining) }
    }

    /// Applies the promotion. Throws the ``Refusal`` when it does nothing, and `MoneyError`.
    mutating func apply(_ promotion: Promotion) throws {
        let chosen = try matching(promotion)
        if let minimum = promotion.minimumSpend {
            guard let minimum = minimum.money(in: currency) else { throw Refusal.notInCurrency }
            let spend = try chosen.reduce(Money.zero(currency)) { try $0.adding(lines[$1].remaining) }
            guard spend.amount >= minimum.amount else { throw Refusal.belowMinimum }
        }
        if case .freeShipping(let options) = promotion.effect {
            freedShipping.append(options)
            // Free shipping for another option than the chosen one takes nothing off these lines.
            let freesChosen = options?.contains(shippingOption ?? "") ?? true
            if freesChosen, let group = promotion.exclusiveGroup, promotion.target != .order {
                for index in chosen { lines[index].groups.insert(group) }
            }
        } else {
            let discounts = try promotion.discounts(on: chosen.map { lines[$0] }, in: currency)
            guard discounts.contains(where: { $0.amount > 0 }) else { throw Refusal.noEffect }
            for (index, discount) in zip(chosen, discounts) where discount.amount > 0 {
                try take(discount, off: index, for: promotion)
            }
        }
        if let group = promotion.exclusiveGroup, promotion.target == .order { groupsOnOrder.insert(group) }
    }

    private func matching(_ promotion: Promotion) throws -> [Int] {
        switch promotion.target {
        case .order:
            if let group = promotion.exclusiveGroup,
                groupsOnOrder.contains(group) || lines.contains(where: { $0.groups.contains(group) })
            {
                throw Refusal.notCombinable
            }
            return Array(lines.indices)
        case .lines(let selection):
            let matching = lines.indices.filter { selection.matches(lines[$0].detail) }
            guard !matching.isEmpty else { throw Refusal.nothingMatches }
            guard let group = promotion.exclusiveGroup else { return matching }
            let free = matching.filter { !groupsOnOrder.contains(group) && !lines[$0].groups.contains(group) }
            guard !free.isEmpty else { throw Refusal.notCombinable }
            return free
        }
    }

    private mutating func take(_ discount: Money, off index: Int, for promotion: Promotion) throws {
        lines[index].remaining = try lines[index].remaining.subtracting(discount)
        lines[index].adjustments.append(
            Adjustment(
                source: promotion.source, label: promotion.label,
                amount: try Money.zero(currency).subtracting(discount)))
        if let group = promotion.exclusiveGroup { lines[index].groups.insert(group) }
    }
}
