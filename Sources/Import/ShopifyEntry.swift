import Commerce
package import ProductContract

/// A product of the file.
package struct ShopifyEntry: Hashable, Sendable {
    /// Where it starts.
    package var place: CSVPlace
    /// With all its variants, also those whose price cannot be read.
    var content: ProductDraft
    /// Where each variant stands.
    var places: [CSVPlace]
    /// What is wrong with the price, for variants that have none.
    var unpriced: [Int: ImportProblem]
    /// Whether its title had to be made up.
    var isUntitled: Bool
    /// Whether no row of a variant had to be left out.
    var isComplete: Bool

    /// The product as it is new to the shop.
    package var draft: ProductDraft { draft(knownAs: nil).draft }

    /// Whether what the shop has of the product decides what becomes of it.
    var dependsOnShop: Bool { !isComplete || isUntitled || !unpriced.isEmpty }

    /// Variants without a price keep the one the shop has. Otherwise they are left out, and a product that would have
    /// nothing left stays off sale.
    func draft(knownAs known: Product?) -> (draft: ProductDraft, problems: [ImportProblem]) {
        var draft = content
        var problems = unpriced
        var open: [Int] = []
        for index in unpriced.keys.sorted() {
            let options = options(of: content.variants[index])
            let price = known?.variants.first { $0.options == options }?.price
            // Zero is what a product without a price was given before.
            if let price, price.currency == currency, !price.isZero {
                draft.variants[index].price = price
                problems[index]?.reason += "; the variant keeps its price"
            } else {
                open.append(index)
            }
        }
        if open.count == draft.variants.count {
            draft.status = draft.status == .published ? .draft : draft.status
            for index in open {
                draft.variants[index].compareAtPrice = nil
                problems[index]?.reason += "; the product is not on sale until it has a price"
            }
        } else {
            for index in open.reversed() {
                let name = draft.variants.remove(at: index).optionValues.joined(separator: " / ")
                problems[index]?.kind = .leftOut
                problems[index]?.reason += "; the variant \(name) is left out"
            }
        }
        return (draft, problems.sorted { $0.key < $1.key }.map(\.value))
    }

    /// Whether saving it would take a variant from the product that the shop has.
    func retiresVariants(of known: Product) -> Bool {
        let left = Set(draft(knownAs: known).draft.variants.map(options))
        return known.variants.contains { !left.contains($0.options) }
    }

    private var currency: Currency? { content.variants.first?.price.currency }

    private func options(of variant: ProductDraft.Variant) -> [String: String] {
        Dictionary(zip(content.optionNames, variant.optionValues)) { first, _ in first }
    }
}
