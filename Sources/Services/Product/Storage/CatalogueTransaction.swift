import Commerce
import EventLog
import ProductContract
import SQL

/// One change of catalogue or stock while its transaction is open: who does it, when, and what it touches.
final class CatalogueTransaction {
    let tx: any SQLTransaction
    let now: Instant
    /// Who does it, as ledger and events name it.
    let actor: String
    let search: any SearchIndex
    /// Products whose cached form is out of date once this is committed.
    private(set) var touched: Set<ProductID> = []

    init(tx: any SQLTransaction, now: Instant, actor: String, search: any SearchIndex) {
        self.tx = tx
        self.now = now
        self.actor = actor
        self.search = search
    }

    func touch(_ product: ProductID) { touched.insert(product) }

    /// Adds one to the version of every product these variants belong to, in a fixed order. Comes before their stock is
    /// changed: see ``locked(_:)``.
    func bumpVersions(of variants: [VariantID]) throws {
        let numbers = try tx.query("SELECT DISTINCT product_number FROM variants WHERE id IN \(in: variants)")
            .map { try $0.int64("product_number") }
        for number in numbers.sorted() {
            let rows = try tx.query(
                "UPDATE products SET version = version + 1, updated_at = \(now) WHERE number = \(number) RETURNING id")
            for row in rows { touch(try row.id("id")) }
        }
    }

    /// The id of the category with this display name, made when it is not there.
    func category(_ title: String?) throws -> CategoryID? {
        guard let title else { return nil }
        // Whatever handle was made for it when it was new.
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
