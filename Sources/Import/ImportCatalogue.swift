package import Commerce
package import ProductContract
import ServiceKit

/// Imports a Shopify export into the catalogue: what is new is created, what differs is updated.
///
/// - Parameters:
///   - currency: What the file's prices are in.
///   - changesCurrency: Whether products of the shop may get prices in another currency.
///   - progress: Called after each product with how many are done, and of how many.
/// - Throws: `ServiceError` when the catalogue cannot be written at all, ``CurrencyChange`` before anything is written; a
///   product that the catalogue refuses is a problem in the report.
package func importCatalogue(
    _ bytes: [UInt8], currency: Currency, changesCurrency: Bool = false, into products: any Products,
    progress: (Int, Int) -> Void = { _, _ in }
) async throws -> ImportReport {
    let file = ShopifyCSV(bytes, currency: currency)
    if !changesCurrency,
        let change = try await CurrencyChange(of: file.products.map(\.draft.handle), into: currency, in: products)
    {
        throw change
    }
    var report = ImportReport()
    report.problems = file.problems
    report.unreadColumns = file.unreadColumns
    for (index, entry) in file.products.enumerated() {
        defer { progress(index + 1, file.products.count) }
        let handle = entry.content.handle
        func leaveOut(_ reason: String) {
            report.leftOut += 1
            report.problems.append(ImportProblem(kind: .leftOut, place: entry.place, reason: reason))
        }
        do {
            let known = file.dependsOnShop(entry) ? try await products.ifKnown(handle) : nil
            if let known, let reason = file.reasonToLeave(entry, knownAs: known) {
                leaveOut("\(handle) stays as it is: \(reason)")
                continue
            }
            let (draft, problems) = entry.draft(knownAs: known)
            switch try await products.save(draft) {
            case .created: report.created += 1
            case .updated: report.updated += 1
            case .unchanged: report.unchanged += 1
            }
            report.problems += problems
        } catch let error as ServiceError where error.kind == .invalid || error.kind == .conflict {
            let fields = error.fields.map { "\($0.field) \($0.detail)" }.joined(separator: ", ")
            leaveOut("\(handle) is left out: " + (fields.isEmpty ? error.message : fields))
        }
    }
    report.problems.sort { $0.line < $1.line }
    return report
}

extension Products {
    /// The product, published or not; nil when there is none.
    fileprivate func ifKnown(_ handle: String) async throws -> Product? {
        do {
            return try await product(handle)
        } catch let error as ServiceError where error.kind == .notFound {
            return nil
        }
    }
}

extension ShopifyCSV {
    /// An export that lacks one of these is incomplete: importing it would empty something that a product has.
    private static let essential: Set<ShopifyColumn> = [
        .description, .vendor, .type, .tags, .published, .status, .option1Name, .option1Value, .sku, .imageURL,
        .variantImage,
    ]

    fileprivate func dependsOnShop(_ entry: ShopifyEntry) -> Bool {
        entry.dependsOnShop || !missing.isDisjoint(with: Self.essential)
    }

    /// Why a product that is in the shop stays as it is: the export is incomplete for it.
    fileprivate func reasonToLeave(_ entry: ShopifyEntry, knownAs known: Product) -> String? {
        if entry.isUntitled { return "its title is missing" }
        let retires = entry.retiresVariants(of: known)
        if retires, !entry.isComplete || !entry.unpriced.isEmpty {
            return "variants it has are among the rows at fault"
        }
        let status = entry.draft(knownAs: known).draft.status
        // Whether the product has something to lose, and the columns any of which would state its new value.
        let atRisk: [(Bool, [ShopifyColumn])] = [
            (retires, [.option1Name]), (retires, [.option1Value]),
            (known.status != .published && known.status != status, [.status, .published]),
            (!known.descriptionHTML.isEmpty, [.description]), (!known.vendor.isEmpty, [.vendor]),
            (!known.tags.isEmpty, [.tags]), (known.category != nil, [.type, .productCategory, .tags]),
            (!known.images.isEmpty, [.imageURL, .variantImage]),
            (known.variants.contains { !$0.sku.isEmpty }, [.sku]),
        ]
        let lost = atRisk.first { isAtRisk, columns in isAtRisk && missing.isSuperset(of: columns) }
        return lost.map {
            let names = $0.1.map(\.rawValue).joined(separator: " or ")
            return "the file lacks the column \(names), and it has what that would change"
        }
    }
}
