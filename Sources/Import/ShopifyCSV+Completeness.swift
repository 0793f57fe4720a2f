import ProductContract

extension ShopifyCSV {
    /// An export that lacks one of these is incomplete: importing it would empty something that a product has.
    private static let essential: Set<ShopifyColumn> = Set(
        [
            .description, .type, .tags, .published, .status, .option1Name, .option1Value, .imageURL, .variantImage,
        ] + ShopifyColumn.productTexts.map(\.value) + ShopifyColumn.variantTexts.map(\.value))

    func dependsOnShop(_ entry: ShopifyEntry) -> Bool {
        entry.dependsOnShop || !missing.isDisjoint(with: Self.essential)
    }

    /// Why a product that is in the shop stays as it is: the export is incomplete for it.
    func reasonToLeave(_ entry: ShopifyEntry, knownAs known: Product) -> String? {
        if entry.isUntitled { return "its title is missing" }
        let retires = entry.retiresVariants(of: known)
        if retires, !entry.isComplete || !entry.unpriced.isEmpty {
            return "variants it has are among the rows at fault"
        }
        let status = entry.draft(knownAs: known).draft.status
        // Whether the product has something to lose, and the columns any of which would state its new value.
        var atRisk: [(Bool, [ShopifyColumn])] = [
            (retires, [.option1Name]), (retires, [.option1Value]),
            (known.status != .published && known.status != status, [.status, .published]),
            (!known.descriptionHTML.isEmpty, [.description]), (!known.tags.isEmpty, [.tags]),
            (known.category != nil, [.type, .productCategory, .tags]),
            (!known.images.isEmpty, [.imageURL, .variantImage]),
        ]
        for (field, column) in ShopifyColumn.productTexts { atRisk.append((known.texts[field] != nil, [column])) }
        for (field, column) in ShopifyColumn.variantTexts {
            atRisk.append((known.variants.contains { $0.texts[field] != nil }, [column]))
        }
        let lost = atRisk.first { isAtRisk, columns in isAtRisk && missing.isSuperset(of: columns) }
        return lost.map {
            let names = $0.1.map(\.rawValue).joined(separator: " or ")
            return "the file lacks the column \(names), and it has what that would change"
        }
    }
}
