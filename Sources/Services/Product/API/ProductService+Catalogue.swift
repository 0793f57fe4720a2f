import AuthContract
package import Commerce
package import ProductContract
import ServiceKit

extension ProductService {
    package func products(_ query: ProductQuery) async throws -> ProductPage {
        try await boundary.call {
            if query.includeUnpublished { try CallContext.current.principal.require(.productsWrite) }
            return try await ListProducts(store: store).run(query)
        }
    }

    package func product(_ idOrHandle: String) async throws -> Product {
        try await boundary.call {
            let product = try await ReadProduct(store: store).run(idOrHandle)
            guard product.status == .published || CallContext.current.principal.may(.productsWrite) else {
                throw ServiceError.productNotFound
            }
            return product
        }
    }

    package func variants(_ ids: [VariantID]) async throws -> [VariantDetail] {
        try await boundary.call {
            try BatchLimit.require(Set(ids).count, "ids")
            return try await ReadVariants(store: store).run(ids)
        }
    }

    package func categories() async throws -> [ProductContract.Category] {
        try await boundary.call { try await ListCategories(store: store).run() }
    }

    /// Writes some of the search entries anew that an earlier version left.
    /// - Returns: How many; 0 when none is left.
    package func indexOutdated() async throws -> Int {
        try await boundary.call { try await IndexOutdatedProducts(store: store).run() }
    }
}
