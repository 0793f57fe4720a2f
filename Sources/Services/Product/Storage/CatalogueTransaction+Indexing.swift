import HTML
import ProductContract
import SQL

extension CatalogueTransaction {
    /// Indexes up to 20 of the products whose search entry an earlier version wrote.
    /// - Returns: How many.
    func indexOutdated() throws -> Int {
        let rows = try tx.query(
            """
            SELECT number FROM products_to_index ORDER BY number LIMIT 20 \(unsafeSQL: tx.dialect.forUpdateOfFree)
            """)
        let numbers = try rows.map { try $0.int64("number") }
        for number in numbers {
            if let record = try locked("p.number = \(number)") { try index(record.draft, number: number) }
        }
        try tx.execute("DELETE FROM products_to_index WHERE number IN \(in: numbers)")
        return numbers.count
    }

    /// Writes the search entry of a product.
    func index(_ draft: ProductDraft, number: Int64) throws {
        try search.replace(
            SearchDocument(
                title: draft.title, tags: draft.tags.joined(separator: " "),
                vendor: ProductText.allCases.compactMap { draft.texts[$0] }.joined(separator: " "),
                category: draft.category ?? "", options: draft.optionValues.joined(separator: " "),
                skus: draft.variants.flatMap(\.texts.values).joined(separator: " "),
                description: HTMLSanitizer.plainText(draft.descriptionHTML)),
            number: number, in: tx)
    }
}

extension ProductDraft {
    /// Each value of an option once.
    fileprivate var optionValues: [String] { Set(variants.flatMap(\.optionValues)).sorted() }
}
