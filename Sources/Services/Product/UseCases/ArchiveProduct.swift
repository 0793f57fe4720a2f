import ProductContract
import ServiceKit

/// Takes a product out of the shop. Its handle and SKUs are free for others.
struct ArchiveProduct {
    let store: CatalogueStore

    func run(_ idOrHandle: String) async throws {
        try await store.change { change in
            guard let record = try change.locked(product: idOrHandle) else { throw ServiceError.productNotFound }
            var draft = record.draft
            draft.status = .archived
            let current = record.variants.filter { !$0.retired }
            _ = try change.update(record, to: draft, continuing: current, stock: nil)
        }
    }
}
