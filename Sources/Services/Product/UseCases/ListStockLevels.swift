import Commerce
import ProductContract
import ServiceKit

/// Stock per variant, by variant id.
struct ListStockLevels {
    let store: CatalogueStore

    func run(page: PageRequest) async throws -> Page<StockLevel> {
        let after = try page.cursor(of: "stock")?.key ?? ""
        return try await store.read { tx in
            Page(
                try StockLevel.all(after: after, limit: page.boundedLimit + 1, in: tx), limit: page.boundedLimit,
                count: page.wantsCount ? try StockLevel.count(in: tx) : nil
            ) { PageCursor(list: "stock", key: $0.variantID.rawValue) }
        }
    }
}
