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
