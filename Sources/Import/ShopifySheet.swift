import Commerce

/// A Shopify export as a table of rows.
struct ShopifySheet {
    let columns: ShopifyHeader
    private(set) var problems: [ImportProblem] = []
    private(set) var unreadColumns: [String] = []
    /// Handles of products that may lack rows.
    private(set) var incomplete: Set<String> = []
    private var reader: CSVReader<IndexingIterator<[UInt8]>>

    /// Reads the header. It decides whether commas, semicolons or tabs delimit the cells.
    init(_ bytes: [UInt8]) throws(RefusedFile) {
        let text = try CSVText.decoded(bytes)
        var candidates: [(columns: ShopifyHeader, reader: CSVReader<IndexingIterator<[UInt8]>>)] = []
        for delimiter in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
            var reader = CSVReader(text.makeIterator(), delimiter: delimiter)
            guard let header = try? reader.next() else { continue }
            candidates.append((ShopifyHeader(header: header.fields), reader))
        }
        guard let best = candidates.min(by: { $0.columns.missing.count < $1.columns.missing.count }) else {
            throw RefusedFile(reason: "The file has no header.")
        }
        let lacking = [ShopifyColumn.title, .price].filter { !best.columns.has($0) }
        guard lacking.isEmpty else {
            let names = lacking.map { $0.names.joined(separator: " or ") }.joined(separator: "; ")
            throw RefusedFile(reason: "The first row is no header of a Shopify product export. It lacks: \(names).")
        }
        (columns, reader) = best
        reportMissingStock()
    }

    /// The rows of each product, which need not stand together.
    mutating func readProducts() -> [ShopifyRows] {
        var products: [ShopifyRows] = []
        var positions: [String: Int] = [:]
        var last: String?
        do {
            while let record = try reader.next() {
                guard !record.fields.allSatisfy(\.isBlank) else { continue }
                guard let row = ShopifyRow(record, columns: columns) else {
                    let count = record.fields.count
                    let name = record.fields.first.map { " (it begins “\($0.prefix(40))”)" } ?? ""
                    report(
                        .leftOut, record.place, nil,
                        "the row has \(count) cells, the header \(columns.names.count), and is left out\(name)")
                    mayLackRows(last)
                    incomplete.insert(columns.value(.handle, in: record.fields).lowercased())
                    continue
                }
                reportColumns(of: row)
                guard let handle = row.handle else {
                    report(.leftOut, row.place, .handle, "the handle and the title are missing: the row is left out")
                    mayLackRows(last)
                    continue
                }
                last = handle
                if let position = positions[handle] {
                    products[position].rows.append(row)
                } else {
                    positions[handle] = products.count
                    products.append(ShopifyRows(handle: handle, rows: [row]))
                }
            }
        } catch {
            report(.leftOut, error.place, nil, "a quote is opened and never closed: everything behind it is left out")
            // What it swallowed began after the last row, most likely with more of the same product.
            mayLackRows(last)
        }
        return products
    }

    private mutating func mayLackRows(_ handle: String?) {
        if let handle { incomplete.insert(handle) }
    }

    private mutating func reportColumns(of row: ShopifyRow) {
        for name in row.unreadColumns where !unreadColumns.contains(name) { unreadColumns.append(name) }
        for name in row.damagedColumns {
            problems.append(
                ImportProblem(
                    kind: .notice, place: row.place, column: name,
                    reason: "letters were lost before the file came here: � stands in their place"))
        }
    }

    private mutating func reportMissingStock() {
        let lacking = [ShopifyColumn.quantity, .tracker].filter { !columns.has($0) }
        guard !lacking.isEmpty else { return }
        let beginning =
            switch lacking {
            case [.quantity]: "start with none"
            case [.tracker]: "start with the quantity given"
            default: "are not counted"
            }
        let names = lacking.map(\.rawValue).joined(separator: " and ")
        problems.append(
            ImportProblem(
                kind: .stock, place: CSVPlace(row: 1, line: 1),
                reason: "the file lacks the column \(names): stock stays as it is, new variants \(beginning)"))
    }

    private mutating func report(
        _ kind: ImportProblem.Kind, _ place: CSVPlace, _ column: ShopifyColumn?, _ reason: String
    ) {
        problems.append(ImportProblem(kind: kind, place: place, column: column.map(columns.name), reason: reason))
    }
}
