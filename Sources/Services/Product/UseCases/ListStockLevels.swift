import Commerce
import ProductContract
import ServiceKit

/// Stock per variant, by variant id.
struct ListStockLevels {
    let store: CatalogueStore

    func callAsFunction(page: PageRequest) async throws -> Page<StockLevel> {
        let limit = min(max(page.limit, 1), 100)
        let after = try page.cursor.map { text throws(ServiceError) in try Cursor(text, list: "stock").key } ?? ""
        return try await store.read { tx in
            let levels = try StockLevel.all(after: after, limit: limit + 1, in: tx)
            let items = Array(levels.prefix(limit))
            let next =
                levels.count > limit
                ? items.last.map { Cursor(list: "stock", key: $0.variantID.rawValue, number: 0) } : nil
            return Page(
                items: items, nextCursor: next?.text, count: page.wantsCount ? try StockLevel.count(in: tx) : nil)
        }
    }
}
