import Calls
package import Commerce
package import ProductContract
import SQL

extension ProductService {
    package func products(_ query: ProductQuery) async throws -> ProductPage {
        if query.includeUnpublished { try CallContext.current.principal.require(.productsWrite) }
        let selection = try ProductSelection(query, search: search)
        return try await read { tx in
            try selection.read(wantsCount: query.wantsCount, wantsFacets: query.isFiltered, in: tx)
        }
    }

    package func product(_ idOrHandle: String) async throws -> Product {
        let product = try await anyProduct(idOrHandle)
        guard product.status == .published || CallContext.current.principal.may(.productsWrite) else {
            throw CatalogueError.productNotFound
        }
        return product
    }

    private func anyProduct(_ idOrHandle: String) async throws -> Product {
        let now = clock.now()
        if let product = cache.product(idOrHandle, at: now) { return product }
        let generation = cache.generation
        guard let product = try await read({ tx in try ProductRecord.one(idOrHandle, in: tx)?.product }) else {
            throw CatalogueError.productNotFound
        }
        cache.keep(product, readIn: generation, at: now)
        return product
    }

    package func variants(_ ids: [VariantID]) async throws -> [VariantDetail] {
        let wanted = Array(Set(ids))
        guard !wanted.isEmpty else { return [] }
        guard wanted.count <= 1_000 else {
            throw ServiceError.invalid("ids", code: "too_many", "must be at most 1000")
        }
        let records = try await read { tx in
            try ProductRecord.all(
                where: """
                    p.number IN (SELECT product_number FROM variants WHERE retired = 0 AND id IN \(in: wanted))
                    """, in: tx
            ).compactMap(\.product)
        }
        var details: [VariantID: VariantDetail] = [:]
        for product in records {
            for variant in product.variants {
                details[variant.id] = VariantDetail(
                    variant: variant, productID: product.id, productHandle: product.handle, productTitle: product.title,
                    category: product.category, tags: product.tags,
                    imageURL: variant.imageURL ?? product.images.first?.url, published: product.status == .published)
            }
        }
        return ids.compactMap { details.removeValue(forKey: $0) }
    }

    package func categories() async throws -> [ProductContract.Category] {
        try await read { tx in
            try tx.query(
                """
                SELECT c.id, c.handle, c.title, COUNT(*) AS total
                FROM categories c JOIN products p ON p.category_id = c.id AND p.status = 'published'
                GROUP BY c.id, c.handle, c.title ORDER BY c.title
                """
            ).map { row in
                ProductContract.Category(
                    id: try row.id("id"), handle: try row.string("handle"), title: try row.string("title"),
                    productCount: try row.int("total"))
            }
        }
    }
}
