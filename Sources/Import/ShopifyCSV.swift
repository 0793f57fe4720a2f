package import Commerce
import ProductContract

/// Shopify's product export, read into drafts. A cell that cannot be read is reported with its row and column, and the
/// rest of the row is read; a file that is no such export is refused as a whole.
package struct ShopifyCSV: Sendable {
    /// In the order of the file.
    package private(set) var products: [ShopifyEntry] = []
    package private(set) var problems: [ImportProblem] = []
    /// Columns with values that are not read.
    package private(set) var unreadColumns: [String] = []
    /// Columns that the file lacks.
    private(set) var missing: Set<ShopifyColumn> = []

    /// - Parameter currency: What the file's prices are in; the format does not state it.
    package init(_ bytes: [UInt8], currency: Currency) {
        do {
            var sheet = try ShopifySheet(bytes)
            for rows in sheet.readProducts() {
                var product = ShopifyProduct(rows, currency: currency)
                let entry = product.entry(isComplete: !sheet.incomplete.contains(rows.handle))
                problems += product.problems
                if let entry { products.append(entry) }
            }
            missing = sheet.columns.missing
            unreadColumns = sheet.unreadColumns
            problems += sheet.problems
            reportRepeatedSKUs(column: sheet.columns.name(.sku))
        } catch {
            problems.append(ImportProblem(kind: .leftOut, reason: error.reason + " Nothing was imported."))
        }
        problems.sort { $0.line < $1.line }
    }

    private mutating func reportRepeatedSKUs(column: String) {
        var places: [String: [CSVPlace]] = [:]
        for entry in products {
            for (variant, place) in zip(entry.content.variants, entry.places) where !variant.sku.isEmpty {
                places[variant.sku, default: []].append(place)
            }
        }
        for (sku, places) in places where places.count > 1 {
            let rows = places.prefix(5).map { "\($0.row)" }.joined(separator: ", ") + (places.count > 5 ? " …" : "")
            problems.append(
                ImportProblem(
                    kind: .notice, place: places[0], column: column,
                    reason: "\(sku) is the SKU of \(places.count) variants, all are kept (rows \(rows))"))
        }
    }
}
