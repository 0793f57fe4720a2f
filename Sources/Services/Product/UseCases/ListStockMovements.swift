import Commerce
import ProductContract
import ServiceKit

/// The movements of one variant, newest first.
struct ListStockMovements {
    let store: CatalogueStore

    func run(of variant: VariantID, page: PageRequest) async throws -> Page<StockMovement> {
        let before = try page.cursor(of: "movements")?.number ?? .max
        return try await store.read { tx in
            Page(
                try StockMovement.all(of: variant, before: before, limit: page.boundedLimit + 1, in: tx),
                limit: page.boundedLimit, count: page.wantsCount ? try StockMovement.count(of: variant, in: tx) : nil
            ) { PageCursor(list: "movements", number: $0.id) }
        }
    }
}
