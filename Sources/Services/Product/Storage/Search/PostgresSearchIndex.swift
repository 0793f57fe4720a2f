import SQL

/// PostgreSQL's own index: https://www.postgresql.org/docs/15/textsearch.html
///
/// Words are folded here, as SQLite's tokenizer does it, so that both engines index the same words.
struct PostgresSearchIndex: SearchIndex {
    static let schema = """
        CREATE TABLE product_search (number BIGINT PRIMARY KEY, document TSVECTOR NOT NULL);
        CREATE INDEX product_search_words ON product_search USING GIN (document);
        """

    private static let notation = SearchText.Notation(quote: "'", prefix: ":*", or: " | ", and: " & ")
    /// Only what has the weight of titles.
    private static let titleNotation = SearchText.Notation(
        quote: "'", suffix: ":A", prefix: ":*A", or: " | ", and: " & ")

    func replace(_ document: SearchDocument, number: Int64, in tx: any SQLTransaction) throws {
        func words(_ text: String) -> String { SearchText.folded(text).joined(separator: " ") }
        let labels = [document.tags, document.vendor, document.category, document.options].joined(separator: " ")
        // A word in the title has the greatest weight, one in the description the least.
        try tx.execute(
            """
            INSERT INTO product_search (number, document) VALUES (\(number),
                setweight(to_tsvector('simple', \(words(document.title))), 'A')
                || setweight(to_tsvector('simple', \(words(document.skus))), 'B')
                || setweight(to_tsvector('simple', \(words(labels))), 'C')
                || setweight(to_tsvector('simple', \(words(document.description))), 'D'))
            ON CONFLICT (number) DO UPDATE SET document = excluded.document
            """)
    }

    func matches(_ text: String) -> SQLStatement? {
        let words = SearchText.words(text).flatMap(SearchText.folded)
        guard let expression = SearchText.expression(words, Self.notation) else { return nil }
        let title = SearchText.expression(words, Self.titleNotation) ?? expression
        // Titles that hold every word come first. Weights of D, C, B and A; 1 favours short documents.
        return """
            SELECT number,
                CAST(-ts_rank('{0.1, 0.4, 0.6, 1.0}', document, to_tsquery('simple', \(expression)), 1)
                    - CASE WHEN document @@ to_tsquery('simple', \(title)) THEN 1000 ELSE 0 END
                    AS DOUBLE PRECISION) AS rank
            FROM product_search WHERE document @@ to_tsquery('simple', \(expression))
            """
    }
}
