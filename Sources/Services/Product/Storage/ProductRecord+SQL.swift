import Commerce
import ProductContract
import SQL

extension ProductRecord {
    /// Which variants are read with products.
    enum VariantScope {
        /// Retired ones too: whoever changes a product needs them.
        case all
        /// Those that are sold, or the first of them.
        case current(first: Int = .max)
        case none

        /// On `v` (variants).
        fileprivate func condition(_ products: [Int64]) -> SQLStatement {
            switch self {
            case .all: "v.product_number IN \(in: products)"
            case .current(let first): "v.product_number IN \(in: products) AND v.retired = 0 AND v.position < \(first)"
            case .none: "1 = 0"
            }
        }
    }

    /// The products that meet the condition on `p` (products), with a fixed number of queries however many they are.
    static func all(
        where condition: SQLStatement, variants scope: VariantScope = .all, in tx: any SQLTransaction
    ) throws -> [ProductRecord] {
        let rows = try tx.query(
            """
            SELECT p.*, c.handle AS category_handle, COALESCE(c.path, c.title) AS category_path
            FROM products p LEFT JOIN categories c ON c.id = p.category_id WHERE \(condition)
            """)
        guard !rows.isEmpty else { return [] }
        let numbers = try rows.map { try $0.int64("number") }
        let variants = try Dictionary(
            grouping: VariantRecord.all(where: scope.condition(numbers), in: tx), by: \.productNumber)
        let tagRows = try tx.query(
            "SELECT product_number, tag FROM product_tags WHERE product_number IN \(in: numbers) ORDER BY position")
        let tags = try Dictionary(grouping: tagRows) { try $0.int64("product_number") }
        return try rows.map { row in
            var record = try ProductRecord(row: row)
            record.variants = variants[record.number] ?? []
            record.tags = try (tags[record.number] ?? []).map { try $0.string("tag") }
            return record
        }
    }

    static func one(_ idOrHandle: String, in tx: any SQLTransaction) throws -> ProductRecord? {
        try all(where: condition(idOrHandle), variants: .current(), in: tx).first
    }

    /// On `p` (products).
    static func condition(_ idOrHandle: String) -> SQLStatement {
        if let id = ProductID(idOrHandle) { "p.id = \(id)" } else { condition(handle: idOrHandle) }
    }

    /// On `p` (products): the one that has the handle, else had it before, else is the newest archived one of that handle.
    static func condition(handle: String) -> SQLStatement {
        """
        p.number = COALESCE(
            (SELECT number FROM products WHERE handle = \(handle)),
            (SELECT product_number FROM former_handles WHERE handle = \(handle)),
            (SELECT MAX(number) FROM products WHERE archived_handle = \(handle)))
        """
    }

    private init(row: SQLRow) throws {
        let status = try row.string("status")
        guard let status = Product.Status(rawValue: status) else { throw SQLError.decoding("unknown status \(status)") }
        let archivedHandle = status == .archived ? try row.optionalString("archived_handle") : nil
        self.init(
            number: try row.int64("number"), id: try row.id("id"),
            handle: try archivedHandle ?? row.string("handle"), title: try row.string("title"),
            descriptionHTML: try row.string("description_html"), texts: try ProductText.texts(in: row),
            categoryHandle: try row.optionalString("category_handle"),
            categoryID: try row.optionalID("category_id"), categoryPath: try row.optionalString("category_path"),
            images: try Columns.images(try row.string("images")),
            optionNames: Columns.list(try row.string("option_names")),
            seo: Product.SEO(title: try row.string("seo_title"), description: try row.string("seo_description")),
            status: status, version: try row.int64("version"), importDigest: try row.optionalString("import_digest"),
            createdAt: try row.instant("created_at"))
    }
}

extension VariantRecord {
    /// The variants that meet the condition on `v` (variants) or `s` (stock), in the order of their products.
    static func all(where condition: SQLStatement, in tx: any SQLTransaction) throws -> [VariantRecord] {
        let rows = try tx.query(
            """
            SELECT v.*, s.tracked, s.on_hand, s.reserved FROM variants v JOIN stock s ON s.variant_id = v.id
            WHERE \(condition) ORDER BY v.product_number, v.position, v.id
            """)
        return try rows.map(VariantRecord.init(row:))
    }

    private init(row: SQLRow) throws {
        let currency = try row.currency("currency")
        self.init(
            id: try row.id("id"), productNumber: try row.int64("product_number"), position: try row.int("position"),
            optionValues: Columns.list(try row.string("option_values")),
            price: Money(try row.int64("price"), currency),
            compareAtPrice: try row.optionalInt64("compare_at_price").map { Money($0, currency) },
            imageURL: try row.optionalString("image_url"), texts: try VariantText.texts(in: row),
            retired: try row.bool("retired"),
            tracked: try row.bool("tracked"), onHand: try row.int("on_hand"), reserved: try row.int("reserved"))
    }
}
