import Commerce
import SQL

/// One change of catalogue or stock while its transaction is open: its actor, its time, and the products it touches.
final class CatalogueTransaction {
    let tx: any SQLTransaction
    let now: Instant
    /// Who makes the change, as ledger and events name it.
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
}
