import Commerce
import ProductContract

/// The variant of a product that a visitor selected, and which other option values are available with it.
struct VariantChoice: Sendable {
    /// One value an option, in the product's order.
    let values: [String]
    /// The variant with exactly these values; nil when there is none.
    let exact: Variant?
    /// What to show: the exact variant, else the one most like it.
    let shown: Variant?
    /// By option index: the values with which a variant can be bought that otherwise has what is chosen.
    private let offered: [Set<String>]

    /// - Parameter wanted: Values by option index, as far as the visitor chose. The others are those of `variant`, else
    ///   of the first variant that can be bought.
    init(product: Product, wanted: [Int: String] = [:], variant: VariantID? = nil) {
        let standard =
            product.variants.first { $0.id == variant } ?? product.variants.first { $0.available }
            ?? product.variants.first
        values = product.options.enumerated().map { index, option in
            if let value = wanted[index], option.values.contains(value) { return value }
            return standard?.options[option.name] ?? option.values.first ?? ""
        }
        let chosen = values
        func matches(_ variant: Variant) -> Int {
            zip(product.options, chosen).count { option, value in variant.options[option.name] == value }
        }
        exact = product.variants.first {
            matches($0) == chosen.count && (chosen.isEmpty ? $0.id == standard?.id : true)
        }
        shown = exact ?? product.variants.max { matches($0) < matches($1) }
        var offered = [Set<String>](repeating: [], count: chosen.count)
        for variant in product.variants where variant.available {
            let own = product.options.map { variant.options[$0.name] ?? "" }
            let others = chosen.indices.filter { own[$0] != chosen[$0] }
            if others.isEmpty { for index in chosen.indices { offered[index].insert(own[index]) } }
            if others.count == 1 { offered[others[0]].insert(own[others[0]]) }
        }
        self.offered = offered
    }

    /// Whether a variant can be bought that has this value and otherwise what is chosen.
    func isAvailable(_ value: String, at index: Int) -> Bool { offered[index].contains(value) }

    /// Products with a single variant have nothing to pick.
    static func hasPickers(_ product: Product) -> Bool {
        product.variants.count > 1 || product.options.contains { $0.values.count > 1 }
    }
}
