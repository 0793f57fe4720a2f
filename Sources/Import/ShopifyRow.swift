import Commerce

/// One row of the file, with a field for every column; an absent column is empty.
struct ShopifyRow {
    let place: CSVPlace
    let columns: ShopifyHeader
    private let fields: [String]

    /// Nil when the row does not fit the header.
    init?(_ record: CSVRecord, columns: ShopifyHeader) {
        // Spreadsheets add empty cells at the end.
        let width = columns.names.count
        guard record.fields.count >= width, record.fields[width...].allSatisfy(\.isBlank) else { return nil }
        place = record.place
        fields = Array(record.fields[..<width])
        self.columns = columns
    }

    subscript(column: ShopifyColumn) -> String { columns.value(column, in: fields) }

    /// In lower-case letters; made of the title when the cell is empty. Nil when both are.
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
