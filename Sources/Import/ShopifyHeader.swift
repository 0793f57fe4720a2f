import Commerce

/// Where the columns stand in one file.
struct ShopifyHeader {
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
