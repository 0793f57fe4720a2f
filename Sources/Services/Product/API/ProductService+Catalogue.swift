import AuthContract
package import Commerce
package import ProductContract
import SQL
import ServiceKit

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
        var details = try await read { tx in
            let variants = try VariantRecord.all(where: "v.retired = 0 AND v.id IN \(in: wanted)", in: tx)
            let numbers = Array(Set(variants.map(\.productNumber)))
            let records = try ProductRecord.all(where: "p.number IN \(in: numbers)", variants: .none, in: tx)
            let products = Dictionary(records.map { ($0.number, $0) }) { first, _ in first }
            let found = variants.compactMap { variant in
                products[variant.productNumber].map { (variant.id, VariantDetail(variant, of: $0)) }
            }
            return Dictionary(found) { first, _ in first }
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

extension VariantDetail {
    fileprivate init(_ variant: VariantRecord, of product: ProductRecord) {
        self.init(
            variant: variant.variant(optionNames: product.optionNames), productID: product.id,
            productHandle: product.handle, productTitle: product.title, category: product.categoryHandle,
            tags: product.tags, imageURL: variant.imageURL ?? product.images.first?.url,
            published: product.status == .published)
    }
}
