import Commerce
import ProductContract
import SQL
import ServiceKit

extension ProductSelection {
    /// How many values of one facet are listed.
    private static let mostFacetValues = 50

    /// How many variants a page carries. Where its products have more, each comes with its first ones only.
    private static let mostVariants = 10_000
    private static let firstVariants = 100

    /// The page with at most eight queries, whatever its size.
    func read(wantsCount: Bool, wantsFacets: Bool, in tx: any SQLTransaction) throws -> ProductPage {
        let rows = try tx.query(page())
        let numbers = try rows.prefix(limit).map { try $0.int64("number") }
        let records = try Self.records(numbers, in: tx)
        let products = Dictionary(records.map { ($0.number, $0.product) }, uniquingKeysWith: { first, _ in first })
        var next: String?
        if rows.count > limit, let last = numbers.last {
            next = PageCursor(list: list, key: try Self.key(rows[limit - 1]), number: last).text
        }
        return ProductPage(
            items: numbers.compactMap { products[$0] ?? nil }, nextCursor: next,
            count: wantsCount ? try tx.first(count)?.int("total") ?? 0 : nil,
            facets: wantsFacets ? try facets(in: tx) : nil)
    }

    private static func records(_ numbers: [Int64], in tx: any SQLTransaction) throws -> [ProductRecord] {
        let rows = try tx.query(
            """
            SELECT product_number, COUNT(*) AS total FROM variants
            WHERE retired = 0 AND product_number IN \(in: numbers) GROUP BY product_number
            """)
        let counts = try rows.map { (number: try $0.int64("product_number"), total: try $0.int("total")) }
        let isWhole = counts.reduce(0) { $0 + $1.total } <= mostVariants
        var records = try ProductRecord.all(
            where: "p.number IN \(in: numbers)", variants: isWhole ? .current() : .current(first: firstVariants), in: tx
        )
        guard !isWhole else { return records }
        let cut = counts.filter { $0.total > firstVariants }.map(\.number)
        let summaries = try VariantSummary.all(of: cut, in: tx)
        for index in records.indices { records[index].summary = summaries[records[index].number] }
        return records
    }

    private static func key(_ row: SQLRow) throws -> String {
        switch try row.value("sort_key") {
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): text
        case .null, .blob: ""
        }
    }

    private func facets(in tx: any SQLTransaction) throws -> ProductPage.Facets {
        var values: [String: [ProductPage.Facets.Value]] = [:]
        for row in try tx.query(facetCounts) {
            let kind = try row.string("kind")
            guard values[kind, default: []].count < Self.mostFacetValues else { continue }
            values[kind, default: []].append(.init(value: try row.string("value"), count: try row.int("total")))
        }
        let texts = ProductText.filters.compactMap { field in values[field.rawValue].map { (field, $0) } }
        return ProductPage.Facets(
            categories: values["category"] ?? [], tags: values["tag"] ?? [],
            texts: Dictionary(texts) { first, _ in first })
    }
}
