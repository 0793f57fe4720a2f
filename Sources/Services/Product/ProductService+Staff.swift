package import Calls
import Commerce
package import ProductContract
import SQL

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
            var accepted = try Self.accepted(draft)
            if draft.handle.isEmpty { accepted.handle = try change.freeHandle(like: accepted.handle) }
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
            let record = try Self.existing(idOrHandle, in: change)
            let draft = try Self.accepted(edit.applied(to: record), edit: edit, record: record)
            let current = record.variants.filter { !$0.retired }
            _ = try change.change(record, to: draft, continuing: current, stock: nil)
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
            try change.tx.lock("handle \(draft.handle)")
            guard let record = try change.locked("p.handle = \(draft.handle)") else {
                let accepted = try Self.accepted(draft)
                let created = try change.create(accepted, stock: .imported, digest: digest)
                try change.noteImportedStock(accepted, of: created.number)
                return .created
            }
            // The same content as last time changes nothing, whatever was sold or edited since.
            guard record.importDigest != digest else { return .unchanged }
            let accepted = try Self.accepted(draft)
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

    private static func accepted(_ draft: ProductDraft) throws(ServiceError) -> ProductDraft {
        let tidy = DraftRules.tidied(draft)
        let faults = DraftRules.faults(in: tidy)
        guard faults.isEmpty else { throw .invalid(faults) }
        return tidy
    }

    /// As above, with the variants' faults named by their places in the request.
    private static func accepted(
        _ draft: ProductDraft, edit: ProductChange, record: ProductRecord
    ) throws(ServiceError) -> ProductDraft {
        do {
            return try accepted(draft)
        } catch {
            let ids = record.variants.filter { !$0.retired }.map(\.id)
            var places: [String: String] = [:]
            for (place, variant) in edit.variants.enumerated() {
                if let index = ids.firstIndex(of: variant.id) { places["variants[\(index)]"] = "variants[\(place)]" }
            }
            var error = error
            for (index, fault) in error.fields.enumerated() {
                guard let end = fault.field.firstIndex(of: "]") else { continue }
                guard let place = places[String(fault.field[...end])] else { continue }
                error.fields[index].field = place + fault.field[fault.field.index(after: end)...]
            }
            throw error
        }
    }
}
