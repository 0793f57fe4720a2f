/// Where the columns of a Shopify product export stand. Names are compared without regard to case.
/// https://help.shopify.com/en/manual/products/import-export/using-csv
struct ShopifyColumns {
    static let required = ["Handle", "Title", "Variant Price"]
    /// Without one of these something that a product has would be emptied.
    static let ofExports = [
        "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Status", "Option1 Name", "Option1 Value", "Variant SKU",
        "Variant Inventory Tracker", "Variant Inventory Qty", "Image Src", "Variant Image",
    ]

    private let positions: [String: Int]
    let count: Int

    init(header: [String]) {
        count = header.count
        positions = Dictionary(
            header.enumerated().map { (Self.key($1), $0) }, uniquingKeysWith: { first, _ in first })
    }

    var missing: [String] { Self.required.filter { !has($0) } }

    func has(_ name: String) -> Bool { positions[Self.key(name)] != nil }

    func value(_ name: String, in fields: [String]) -> String {
        guard let position = positions[Self.key(name)], position < fields.count else { return "" }
        return fields[position].trimmed
    }

    private static func key(_ name: String) -> String { name.trimmed.lowercased() }
}

/// One row of the file, read by column name; an absent column is empty.
struct ShopifyRow {
    let line: Int
    private let columns: ShopifyColumns
    private let fields: [String]

    init(_ record: CSVRecord, columns: ShopifyColumns) {
        line = record.line
        fields = record.fields
        self.columns = columns
    }

    subscript(name: String) -> String { columns.value(name, in: fields) }

    var handle: String { self["Handle"].lowercased() }
    var optionNames: [String] { (1...3).map { self["Option\($0) Name"] } }
    var optionValues: [String] { (1...3).map { self["Option\($0) Value"] } }

    /// A row that adds only a picture says nothing of a variant.
    var hasVariant: Bool {
        !self["Variant Price"].isEmpty || !self["Variant SKU"].isEmpty || optionValues.contains { !$0.isEmpty }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
