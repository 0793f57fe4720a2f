import Calls
package import Commerce
package import ProductContract

/// Takes a Shopify export over into the catalogue: what is new is created, what differs is updated.
///
/// - Parameters:
///   - currency: What the file's prices are in.
///   - progress: Called after each product with how many are done, and of how many.
/// - Throws: `ServiceError` when the catalogue cannot be written at all; a product it refuses is a problem in
///   the report.
package func importCatalogue(
    _ bytes: [UInt8], currency: Currency, into products: any Products, progress: (Int, Int) -> Void = { _, _ in }
) async throws -> ImportReport {
    let file = ShopifyCSV(bytes, currency: currency)
    var report = ImportReport()
    report.problems = file.problems
    for (index, entry) in file.products.enumerated() {
        defer { progress(index + 1, file.products.count) }
        do {
            if let reason = try await file.reasonToLeave(entry, in: products) {
                report.problems.append(
                    ImportProblem(line: entry.line, reason: "\(entry.draft.handle) stays as it is: \(reason)"))
                continue
            }
            switch try await products.save(entry.draft) {
            case .created: report.created += 1
            case .updated: report.updated += 1
            case .unchanged: report.unchanged += 1
            }
        } catch let error as ServiceError where error.kind == .invalid || error.kind == .conflict {
            let fields = error.fields.map { "\($0.field) \($0.detail)" }.joined(separator: ", ")
            let reason = "\(entry.draft.handle): " + (fields.isEmpty ? error.message : fields)
            report.problems.append(ImportProblem(line: entry.line, reason: reason))
        }
    }
    report.problems.sort { $0.line < $1.line }
    return report
}

extension ShopifyCSV {
    /// Why a product that is in the shop is better left alone: the file is too poor to say what it would change.
    fileprivate func reasonToLeave(_ entry: Entry, in products: any Products) async throws -> String? {
        guard !entry.isComplete || !missing.isEmpty else { return nil }
        let known: Product
        do {
            known = try await products.product(entry.draft.handle)
        } catch let error as ServiceError where error.kind == .notFound {
            return nil
        }
        let names = entry.draft.optionNames
        let left = Set(entry.draft.variants.map { Dictionary(zip(names, $0.optionValues)) { first, _ in first } })
        let retires = known.variants.contains { !left.contains($0.options) }
        if retires, !entry.isComplete { return "variants it has are among the rows at fault" }
        let isCounted = known.variants.contains { $0.inventoryQuantity != nil }
        // Whether there is something to lose, and the columns any of which would say what becomes of it.
        let stakes: [(Bool, [String])] = [
            (retires, ["Option1 Name"]), (retires, ["Option1 Value"]),
            (known.status != .published, ["Status", "Published"]),
            (isCounted, ["Variant Inventory Tracker"]), (isCounted, ["Variant Inventory Qty"]),
            (!known.descriptionHTML.isEmpty, ["Body (HTML)"]), (!known.vendor.isEmpty, ["Vendor"]),
            (!known.tags.isEmpty, ["Tags"]), (known.category != nil, ["Type", "Tags"]),
            (!known.images.isEmpty, ["Image Src", "Variant Image"]),
            (known.variants.contains { !$0.sku.isEmpty }, ["Variant SKU"]),
        ]
        let lost = stakes.first { isAtStake, columns in isAtStake && missing.isSuperset(of: columns) }
        return lost.map {
            "the file lacks the column \($0.1.joined(separator: " or ")), and it has what that would change"
        }
    }
}
