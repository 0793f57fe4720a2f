import SQL

/// SQLite's own index: https://sqlite.org/fts5.html
struct FTS5SearchIndex: SearchIndex {
    static let schema = """
        CREATE VIRTUAL TABLE product_search USING fts5(
            title, tags, vendor, category, skus, description, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
        );
        """

    private static let notation = SearchText.Notation(quote: "\"", prefix: " *", or: " OR ", and: " AND ")

    func replace(_ document: SearchDocument, number: Int64, in tx: any SQLTransaction) throws {
        try tx.execute("DELETE FROM product_search WHERE rowid = \(number)")
        // Option values count as much as tags do; the columns of a table in use cannot be changed.
        try tx.execute(
            """
            INSERT INTO product_search (rowid, title, tags, vendor, category, skus, description)
            VALUES (\(number), \(document.title), \(document.tags + " " + document.options), \(document.vendor),
                \(document.category), \(document.skus), \(document.description))
            """)
    }

    func matches(_ text: String) -> SQLStatement? {
        let words = SearchText.words(text)
        guard let expression = SearchText.expression(words, Self.notation) else { return nil }
        // Titles that hold every word come first. Weights in the order of the columns: the greatest for a word in the
        // title, the least for one in the description.
        return """
            SELECT rowid AS number, bm25(product_search, 10.0, 4.0, 3.0, 4.0, 6.0, 1.0)
                - CASE WHEN rowid IN (
                    SELECT rowid FROM product_search WHERE product_search MATCH \("title : (\(expression))")
                ) THEN 1000.0 ELSE 0.0 END AS rank
            FROM product_search WHERE product_search MATCH \(expression)
            """
    }
}
