import ProductContract
import ServiceKit

/// Creates a product as staff describe it.
struct CreateProduct {
    let store: CatalogueStore

    func run(_ draft: ProductDraft, key: IdempotencyKey?) async throws -> Outcome<Product> {
        var draft = draft
        draft.descriptionHTML = try SafeDescription.of(draft.descriptionHTML)
        return try await store.change { [draft] change in
            try change.once(key) { try Self.create(draft, in: change) }
        }
    }

    private static func create(_ draft: ProductDraft, in change: CatalogueTransaction) throws -> Product {
        let chosen = Array(draft.variants.indices)
        var accepted = try DraftRules.accepted(draft, skusOf: chosen)
        if draft.handle.isEmpty {
            accepted.handle = try change.freeHandle(like: accepted.handle)
        } else {
            try change.lock(handle: accepted.handle)
        }
        try change.claimHandle(for: accepted)
        try change.refuseTakenSKUs(accepted, chosen: chosen)
        let record = try change.create(accepted, stock: .initial, digest: nil)
        guard let product = record.product else { throw ServiceError.productNotFound }
        return product
    }
}
