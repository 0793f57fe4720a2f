import AuthContract
package import Commerce
package import ProductContract
import SQL
package import ServiceKit

extension ProductService {
    package func create(_ draft: ProductDraft) async throws -> Outcome<Product> {
        try CallContext.current.principal.require(.productsWrite)
        let key = CallContext.current.idempotency
        var draft = draft
        draft.descriptionHTML = try DraftRules.safeDescription(draft.descriptionHTML)
        return try await change { [draft] change in
            if let stored = try Idempotency.response(for: key, in: change.tx) {
                return Outcome(try StoredJSON.value(Product.self, from: stored), replayed: true)
            }
            let chosen = Array(draft.variants.indices)
            var accepted = try Self.accepted(draft, skusOf: chosen)
            if draft.handle.isEmpty {
                accepted.handle = try change.freeHandle(like: accepted.handle)
            } else {
                try change.lock(handle: accepted.handle)
            }
            try change.claimHandle(for: accepted)
            try change.refuseTakenSKUs(accepted, chosen: chosen)
            let record = try change.create(accepted, stock: .initial, digest: nil)
            guard let product = record.product else { throw CatalogueError.productNotFound }
            try Idempotency.store(StoredJSON.text(product), for: key, at: change.now, in: change.tx)
            return Outcome(product)
        }
    }

    package func update(_ idOrHandle: String, _ edit: ProductChange) async throws -> Product {
        try CallContext.current.principal.require(.productsWrite)
        var edit = edit
        edit.descriptionHTML = try edit.descriptionHTML.map(DraftRules.safeDescription)
        return try await change { [edit] change in
            if let handle = edit.handle { try change.lock(handle: handle) }
            let record = try Self.existing(idOrHandle, in: change)
            let current = record.variants.filter { !$0.retired }
            let target = try edit.applied(to: record)
            let chosen = current.indices.filter { target.variants[$0].sku != current[$0].sku }
            // What was archived comes back beside what took its SKUs meanwhile.
            let comesBack = record.status == .archived && target.status != .archived
            try edit.namingPlaces(in: current) {
                let draft = try Self.accepted(target, skusOf: chosen)
                try change.refuseTakenSKUs(
                    draft, chosen: comesBack ? Array(current.indices) : chosen, except: record.number)
                _ = try change.change(record, to: draft, continuing: current, stock: nil)
            }
            guard let product = try change.stored(record.number).product else { throw CatalogueError.productNotFound }
            return product
        }
    }

    package func save(_ draft: ProductDraft) async throws -> SaveResult {
        try CallContext.current.principal.require(.productsWrite)
        var draft = DraftRules.lenient(DraftRules.tidied(draft))
        draft.descriptionHTML = try DraftRules.safeDescription(draft.descriptionHTML)
        let digest = ContentDigest.of(draft)
        return try await change { [draft] change in
            try change.lock(handle: draft.handle)
            guard let record = try change.locked(ProductRecord.condition(handle: draft.handle)) else {
                let accepted = try Self.accepted(draft, skusOf: [])
                try change.claimHandle(for: accepted)
                let created = try change.create(accepted, stock: .imported, digest: digest)
                try change.noteImportedStock(accepted, of: created.number)
                return .created
            }
            // The same content as last time changes nothing, whatever was sold or edited since.
            guard record.importDigest != digest else { return .unchanged }
            var accepted = try Self.accepted(draft, skusOf: [])
            // Staff may have given it another one: the file's leads to it.
            accepted.handle = record.handle
            let continuing = VariantMatching.continuing(accepted.variants, in: record)
            // What the file said before, and what it does not say: sales and counts since then stand.
            let sameStock = try change.sameStockAsImported(accepted.variants, continuing: continuing)
                .union(zip(continuing, accepted.variants).compactMap { $1.keepsStock ? $0?.id : nil })
            let changed = try change.change(
                record, to: accepted, continuing: continuing, stock: .imported, keepingStockOf: sameStock)
            try change.noteImportedStock(accepted, of: record.number, keptStockOf: sameStock)
            try change.tx.execute("UPDATE products SET import_digest = \(digest) WHERE number = \(record.number)")
            return changed ? .updated : .unchanged
        }
    }

    package func currencies(of handles: [String]) async throws -> [String: Currency] {
        try CallContext.current.principal.require(.productsWrite)
        guard handles.count <= 1_000 else {
            throw ServiceError.invalid("handles", code: "too_many", "must be at most 1000")
        }
        return try await read { tx in
            let rows = try tx.query(
                """
                WITH found AS (
                    SELECT handle, number, 1 AS place FROM products WHERE handle IN \(in: handles)
                    UNION ALL SELECT handle, product_number, 2 FROM former_handles WHERE handle IN \(in: handles)
                    UNION ALL SELECT archived_handle, number, 3 FROM products WHERE archived_handle IN \(in: handles)
                )
                SELECT f.handle, v.currency FROM found f
                JOIN variants v ON v.product_number = f.number AND v.retired = 0 AND v.position = 0
                ORDER BY f.place, f.number DESC
                """)
            return Dictionary(try rows.map { (try $0.string("handle"), try $0.currency("currency")) }) { first, _ in
                first
            }
        }
    }

    package func archive(_ idOrHandle: String) async throws {
        try CallContext.current.principal.require(.productsWrite)
        try await change { change in
            let record = try Self.existing(idOrHandle, in: change)
            var draft = record.draft
            draft.status = .archived
            let current = record.variants.filter { !$0.retired }
            _ = try change.change(record, to: draft, continuing: current, stock: nil)
        }
    }

    private static func existing(_ idOrHandle: String, in change: CatalogueTransaction) throws -> ProductRecord {
        guard let record = try change.locked(ProductRecord.condition(idOrHandle)) else {
            throw CatalogueError.productNotFound
        }
        return record
    }

    /// - Parameter chosen: Positions of the variants whose SKU may not be another variant's of the product.
    private static func accepted(
        _ draft: ProductDraft, skusOf chosen: [Int]
    ) throws(ServiceError) -> ProductDraft {
        let tidy = DraftRules.tidied(draft)
        let faults = DraftRules.faults(in: tidy, skusOf: chosen)
        guard faults.isEmpty else { throw .invalid(faults) }
        return tidy
    }
}
