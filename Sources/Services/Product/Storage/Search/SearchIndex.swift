import SQL

/// Full-text search over the catalogue, kept in the transaction of the change: the one place where the engines differ.
protocol SearchIndex: Sendable {
    func replace(_ document: SearchDocument, number: Int64, in tx: any SQLTransaction) throws
    /// A `SELECT number, rank` of the products that hold every word, the last one as a prefix; a lower rank is a
    /// better match. Nil when the text has no word to look for.
    func matches(_ text: String) -> SQLStatement?
}

extension SQLDialect {
    var searchIndex: any SearchIndex {
        switch self {
        case .sqlite: FTS5SearchIndex()
        case .postgresql: PostgresSearchIndex()
        }
    }
}

extension ProductMigrations {
    static let search = Migration("search") { dialect in
        switch dialect {
        case .sqlite: FTS5SearchIndex.schema
        case .postgresql: PostgresSearchIndex.schema
        }
    }
}
