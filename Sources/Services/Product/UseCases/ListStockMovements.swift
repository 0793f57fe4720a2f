import Commerce
import ProductContract
import ServiceKit

/// The movements of one variant, newest first.
struct ListStockMovements {
    let store: CatalogueStore

    func callAsFunction(of variant: VariantID, page: PageRequest) async throws -> Page<StockMovement> {
        let limit = min(max(page.limit, 1), 100)
        let before =
            try page.cursor.map { text throws(ServiceError) in try Cursor(text, list: "movements").number } ?? .max
        return try await store.read { tx in
            let movements = try StockMovement.all(of: variant, before: before, limit: limit + 1, in: tx)
            let items = Array(movements.prefix(limit))
            let next =
                movements.count > limit ? items.last.map { Cursor(list: "movements", key: "", number: $0.id) } : nil
            return Page(
                items: items, nextCursor: next?.text,
                count: page.wantsCount ? try StockMovement.count(of: variant, in: tx) : nil)
        }
    }
}
