import Commerce

/// Where the columns stand in one file.
struct ShopifyColumns {
    /// As the file writes them.
    let names: [String]
    private let positions: [ShopifyColumn: Int]

    init(header: [String]) {
        names = header.map(\.trimmed)
        positions = Dictionary(
            names.enumerated().compactMap { position, name in
                ShopifyColumn.byName[ShopifyColumn.key(name)].map { ($0, position) }
            }, uniquingKeysWith: { first, _ in first })
    }

    var missing: Set<ShopifyColumn> { Set(ShopifyColumn.allCases.filter { positions[$0] == nil }) }

    func has(_ column: ShopifyColumn) -> Bool { positions[column] != nil }

    /// What the file calls it; in a file that lacks it, what Shopify does.
    func name(_ column: ShopifyColumn) -> String { positions[column].map { names[$0] } ?? column.rawValue }

    func value(_ column: ShopifyColumn, in fields: [String]) -> String {
        guard let position = positions[column], position < fields.count else { return "" }
        return fields[position].trimmed
    }

    /// Names of columns that hold something in this row and are not read.
    func unread(in fields: [String]) -> [String] {
        let read = Set(positions.values)
        return names.indices.filter { position in
            !read.contains(position) && !fields[position].isBlank
                && !ShopifyColumn.passedOver.contains(ShopifyColumn.key(names[position]))
        }.map { names[$0] }
    }
}

/// One row of the file, with a field for every column; an absent column is empty.
struct ShopifyRow {
    let place: CSVPlace
    let columns: ShopifyColumns
    private let fields: [String]

    /// Nil when the row does not fit the header.
    init?(_ record: CSVRecord, columns: ShopifyColumns) {
        // Spreadsheets add empty cells at the end.
        let width = columns.names.count
        guard record.fields.count >= width, record.fields[width...].allSatisfy(\.isBlank) else { return nil }
        place = record.place
        fields = Array(record.fields[..<width])
        self.columns = columns
    }

    subscript(column: ShopifyColumn) -> String { columns.value(column, in: fields) }

    /// In small letters; made of the title when the cell is empty. Nil when both are.
    var handle: String? {
        if !self[.handle].isEmpty { return self[.handle].lowercased() }
        return self[.title].isEmpty ? nil : ProductHandle.titled(self[.title])
    }

    var optionValues: [String] { ShopifyColumn.optionValues.map { self[$0] } }

    var unreadColumns: [String] { columns.unread(in: fields) }

    /// Columns whose text lost characters before it came here.
    var damagedColumns: [String] {
        zip(columns.names, fields).filter { $1.unicodeScalars.contains("\u{FFFD}") }.map(\.0)
    }

    /// False for a row that only adds a picture.
    var hasVariant: Bool {
        !self[.price].isEmpty || !self[.sku].isEmpty || optionValues.contains { !$0.isEmpty }
    }

    /// The column as a flag: `true`, `yes` or `1`; `false`, `no` or `0`; nil for anything else.
    func flag(_ column: ShopifyColumn) -> Bool? {
        switch self[column].lowercased() {
        case "true", "yes", "1": true
        case "false", "no", "0": false
        default: nil
        }
    }
}
