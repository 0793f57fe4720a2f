package import Commerce
package import ProductContract

/// Shopify's product export, read into drafts. Bad rows are told and left out; everything else is taken over.
package struct ShopifyCSV: Sendable {
    package struct Entry: Hashable, Sendable {
        /// Where the product starts in the file.
        package var line: Int
        package var draft: ProductDraft
        /// Whether no row of a variant had to be left out.
        package var isComplete = true
    }

    /// In the order of the file.
    package private(set) var products: [Entry] = []
    package private(set) var problems: [ImportProblem] = []
    /// Columns of an export that the file lacks.
    package private(set) var missing: Set<String> = []

    /// - Parameter currency: What the file's prices are in; the format does not say.
    package init(_ bytes: [UInt8], currency: Currency) {
        let (groups, broken) = rowsByHandle(bytes)
        var skus: Set<String> = []
        for rows in groups {
            var product = ShopifyProduct(rows: rows, currency: currency)
            if let draft = product.draft(skus: &skus), let first = rows.first {
                let isComplete = !broken.contains(draft.handle) && product.leftOut == 0
                products.append(Entry(line: first.line, draft: draft, isComplete: isComplete))
            }
            problems += product.problems
        }
        problems.sort { $0.line < $1.line }
    }

    /// The rows of each product, which need not stand together, and the handles of those that may lack some.
    private mutating func rowsByHandle(_ bytes: [UInt8]) -> (groups: [[ShopifyRow]], broken: Set<String>) {
        var groups: [[ShopifyRow]] = []
        var broken: Set<String> = []
        var positions: [String: Int] = [:]
        var last: String?
        var reader = CSVReader(bytes.makeIterator())
        do {
            guard let header = try reader.next() else {
                problems.append(ImportProblem(line: 1, reason: "the file is empty"))
                return ([], [])
            }
            let columns = ShopifyColumns(header: header.fields)
            guard columns.missing.isEmpty else {
                let names = columns.missing.joined(separator: ", ")
                problems.append(ImportProblem(line: header.line, reason: "the header lacks the column \(names)"))
                return ([], [])
            }
            missing = Set(ShopifyColumns.ofExports.filter { !columns.has($0) })
            while let record = try reader.next() {
                let row = ShopifyRow(record, columns: columns)
                defer { if !row.handle.isEmpty { last = row.handle } }
                guard record.fields.count == columns.count else {
                    let reason = "has \(record.fields.count) columns, the header \(columns.count)"
                    problems.append(ImportProblem(line: record.line, reason: reason))
                    broken.insert(row.handle)
                    continue
                }
                if row.handle.isEmpty {
                    problems.append(ImportProblem(line: row.line, reason: "the handle is missing"))
                    if let last { broken.insert(last) }
                } else if let position = positions[row.handle] {
                    groups[position].append(row)
                } else {
                    positions[row.handle] = groups.count
                    groups.append([row])
                }
            }
        } catch {
            problems.append(ImportProblem(line: error.line, reason: "a quote is opened and never closed"))
            // What it swallowed began after the last row, most likely with more of the same product.
            if let last { broken.insert(last) }
        }
        return (groups, broken)
    }
}
