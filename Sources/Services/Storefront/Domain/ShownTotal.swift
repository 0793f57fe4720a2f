import Commerce

/// The total that a checkout page showed, as its form carries it: `4098 USD`.
struct ShownTotal: Hashable, Sendable {
    let text: String

    init(text: String) { self.text = text }

    init(_ total: Money) { text = "\(total.amount) \(total.currency.code)" }
}
