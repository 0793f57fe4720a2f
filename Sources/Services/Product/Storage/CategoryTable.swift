import Commerce
import ProductContract
import SQL

/// The categories of the catalogue.
enum CategoryTable {
    /// Those that have published products, by title.
    static func published(in tx: any SQLTransaction) throws -> [ProductContract.Category] {
        try tx.query(
            """
            SELECT c.id, c.handle, c.title, COUNT(*) AS total
            FROM categories c JOIN products p ON p.category_id = c.id AND p.status = 'published'
            GROUP BY c.id, c.handle, c.title ORDER BY c.title
            """
        ).map { row in
            ProductContract.Category(
                id: try row.id("id"), handle: try row.string("handle"), title: try row.string("title"),
                productCount: try row.int("total"))
        }
    }
}
