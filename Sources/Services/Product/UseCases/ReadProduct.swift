import Commerce
import ProductContract
import ServiceKit

/// One product by id or handle, whatever its status, from the cache where it is there.
struct ReadProduct {
    let store: CatalogueStore

    func run(_ idOrHandle: String) async throws -> Product {
        let now = store.clock.now()
        if let product = store.cache.product(idOrHandle, at: now) { return product }
        let generation = store.cache.generation
        guard let product = try await store.read({ tx in try ProductRecord.one(idOrHandle, in: tx)?.product }) else {
            throw ServiceError.productNotFound
        }
        store.cache.keep(product, readIn: generation, at: now)
        return product
    }
}
