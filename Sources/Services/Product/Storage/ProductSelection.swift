import Commerce
import ProductContract
import SQL
import ServiceKit

/// The SQL of one product query: who matches, in which order, from where on.
struct ProductSelection {
    let sort: ProductQuery.Sort
    let limit: Int
    /// Which list a cursor belongs to.
    let list: String
    private let cursor: PageCursor?
    private let matches: SQLStatement?
    private let condition: SQLStatement

    /// Throws `invalid_cursor`, and 422 for a text or sort that cannot be.
    init(_ query: ProductQuery, search: any SearchIndex) throws(ServiceError) {
        let text = query.text?.trimmed ?? ""
        guard text.unicodeScalars.count <= 200 else {
            throw .invalid("q", code: FieldCode.tooLong, "must have at most 200 characters")
        }
        let sort = query.sort ?? (text.isEmpty ? .newest : .relevance)
        guard sort != .relevance || !text.isEmpty else {
            throw .invalid("sort", code: ProductFieldCode.invalidSort, "relevance needs a search text")
        }
        self.sort = sort
        limit = min(max(query.limit, 1), 100)
        let list = query.listName(sortedBy: sort)
        self.list = list
        cursor = if let text = query.cursor { try PageCursor(text, of: list) } else { nil }
        matches = text.isEmpty ? nil : search.matches(text)
        let findsNothing = !text.isEmpty && matches == nil
        condition = Self.condition(query, findsNothing: findsNothing)
    }

    private static func condition(_ query: ProductQuery, findsNothing: Bool) -> SQLStatement {
        var condition: SQLStatement = query.includeUnpublished ? "1 = 1" : "p.status = 'published'"
        if findsNothing { condition = "\(condition) AND 1 = 0" }
        if let category = query.category {
            condition = "\(condition) AND p.category_id IN (\(CategoryTable.subtree(of: category)))"
        }
        for field in ProductText.filters {
            guard let text = query.texts[field] else { continue }
            condition = "\(condition) AND p.\(unsafeSQL: field.rawValue) = \(text)"
        }
        // The price of a product is the one the shop shows and sorts by: its cheapest variant's.
        if let least = query.minimumPrice { condition = "\(condition) AND p.price_min >= \(least)" }
        if let most = query.maximumPrice { condition = "\(condition) AND p.price_min <= \(most)" }
        for tag in query.tags {
            condition = """
                \(condition) AND EXISTS (SELECT 1 FROM product_tags t
                    WHERE t.product_number = p.number AND t.tag_key = \(tag.trimmed.lowercased()))
                """
        }
        if query.availableOnly {
            condition = """
                \(condition) AND EXISTS (SELECT 1 FROM variants v JOIN stock s ON s.variant_id = v.id
                    WHERE v.product_number = p.number AND v.retired = 0 AND (s.tracked = 0 OR s.on_hand > s.reserved))
                """
        }
        return condition
    }

    private var source: SQLStatement {
        let joined = matches == nil ? "" : "JOIN matches m ON m.number = p.number"
        return "FROM products p \(unsafeSQL: joined) WHERE \(condition)"
    }

    private var matchesTable: SQLStatement { matches.map { "matches AS MATERIALIZED (\($0))" } ?? "" }
    private var with: SQLStatement { matches == nil ? "" : "WITH \(matchesTable)" }

    private var key: (column: String, descending: Bool) {
        switch sort {
        case .newest: ("p.created_at", true)
        case .oldest: ("p.created_at", false)
        case .priceUp: ("p.price_min", false)
        case .priceDown: ("p.price_min", true)
        case .title: ("p.title_key", false)
        case .titleDown: ("p.title_key", true)
        case .relevance: matches == nil ? ("p.number", false) : ("m.rank", false)
        }
    }

    /// `number` and `sort_key` of one row more than the page, in order.
    func page() throws(ServiceError) -> SQLStatement {
        let direction = key.descending ? "DESC" : "ASC"
        let after: SQLStatement = if let cursor { try self.after(cursor) } else { "" }
        return """
            \(with) SELECT p.number, \(unsafeSQL: key.column) AS sort_key \(source) \(after)
            ORDER BY \(unsafeSQL: key.column) \(unsafeSQL: direction), p.number \(unsafeSQL: direction)
            LIMIT \(limit + 1)
            """
    }

    private func after(_ cursor: PageCursor) throws(ServiceError) -> SQLStatement {
        let beyond = key.descending ? "<" : ">"
        var last: SQLStatement = "\(cursor.key)"
        switch sort {
        case .title, .titleDown: break
        case .relevance:
            guard let rank = Double(cursor.key), rank.isFinite else { throw PageCursor.invalid }
            guard matches != nil else { return "" }
            // New products shift every rank a little: the last row's rank of now keeps its place.
            last = "COALESCE((SELECT rank FROM matches WHERE number = \(cursor.number)), \(rank))"
        default:
            guard let number = Int64(cursor.key) else { throw PageCursor.invalid }
            last = "\(number)"
        }
        return "AND (\(unsafeSQL: key.column), p.number) \(unsafeSQL: beyond) (\(last), \(cursor.number))"
    }

    var count: SQLStatement { "\(with) SELECT COUNT(*) AS total \(source)" }

    private static let textColumns = ProductText.filters.map { "p.\($0.rawValue)" }.joined(separator: ", ")
    private static let textCounts = ProductText.filters.map(\.rawValue).map { name in
        "UNION ALL SELECT '\(name)', f.\(name), COUNT(*) FROM filtered f WHERE f.\(name) <> '' GROUP BY f.\(name)"
    }.joined(separator: "\n")

    /// `kind`, `value` and `total`, most frequent first. A category counts what is below it too, as its filter finds it.
    var facetCounts: SQLStatement {
        let comma = matches == nil ? "" : ","
        return """
            WITH RECURSIVE \(matchesTable)\(unsafeSQL: comma) \(unsafeSQL: CategoryTable.lineage), filtered AS MATERIALIZED (
                SELECT p.number, p.category_id, \(unsafeSQL: Self.textColumns) \(source)
            )
            SELECT 'category' AS kind, c.handle AS value, COUNT(*) AS total
                FROM filtered f JOIN lineage l ON l.category_id = f.category_id
                JOIN categories c ON c.id = l.ancestor_id GROUP BY c.handle
            UNION ALL SELECT 'tag', MIN(t.tag), COUNT(*)
                FROM filtered f JOIN product_tags t ON t.product_number = f.number GROUP BY t.tag_key
            \(unsafeSQL: Self.textCounts) ORDER BY 3 DESC, 2
            """
    }
}

extension ProductQuery {
    /// The same for every page of one list.
    fileprivate func listName(sortedBy sort: Sort) -> String {
        let filters = [
            text ?? "", category ?? "", vendor ?? "", minimumPrice.map { "\($0)" } ?? "",
            maximumPrice.map { "\($0)" } ?? "", "\(availableOnly)", "\(includeUnpublished)",
        ]
        // Only those that are set: cursors from before there was a filter stay valid.
        let others = ProductText.filters.filter { $0 != .vendor }.compactMap { field in
            texts[field].map { "\(field.rawValue)\u{1E}\($0)" }
        }
        return ([sort.rawValue] + filters + others + tags).joined(separator: "\u{1F}")
    }
}
