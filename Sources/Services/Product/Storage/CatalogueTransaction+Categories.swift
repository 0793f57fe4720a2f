import Commerce
import SQL

extension CatalogueTransaction {
    /// The id of the category with this display name, made when it is not there.
    func category(_ title: String?) throws -> CategoryID? {
        guard let title else { return nil }
        // Its handle may have been made by other rules when it was new.
        if let known = try tx.first("SELECT id FROM categories WHERE title = \(title) ORDER BY id") {
            return try known.id("id")
        }
        let handle = Slug.of(title)
        try tx.execute(
            """
            INSERT INTO categories (id, handle, title) VALUES (\(CategoryID(at: now)), \(handle), \(title))
            ON CONFLICT (handle) DO NOTHING
            """)
        return try tx.first("SELECT id FROM categories WHERE handle = \(handle)")?.id("id")
    }
}
