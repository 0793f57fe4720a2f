import ProductContract

/// Creates or updates a product with the content of an import.
struct SaveProduct {
    let store: CatalogueStore

    func run(_ draft: ProductDraft) async throws -> SaveResult {
        var draft = DraftRules.lenient(DraftRules.tidied(draft))
        draft.descriptionHTML = try SafeDescription.of(draft.descriptionHTML)
        let digest = ContentDigest.of(draft)
        return try await store.change { [draft] change in
            try change.lock(handle: draft.handle)
            guard let record = try change.locked(handle: draft.handle) else {
                return try Self.create(draft, digest: digest, in: change)
            }
            // The same content as last time changes nothing, whatever was sold or edited since.
            guard record.importDigest != digest else { return .unchanged }
            return try Self.update(record, to: draft, digest: digest, in: change)
        }
    }

    private static func create(
        _ draft: ProductDraft, digest: String, in change: CatalogueTransaction
    ) throws -> SaveResult {
        let accepted = try DraftRules.accepted(draft, skusOf: [])
        try change.claimHandle(for: accepted)
        let created = try change.create(accepted, stock: .imported, digest: digest)
        try change.writeImportedStock(accepted, of: created.number)
        return .created
    }

    private static func update(
        _ record: ProductRecord, to draft: ProductDraft, digest: String, in change: CatalogueTransaction
    ) throws -> SaveResult {
        var accepted = try DraftRules.accepted(draft, skusOf: []).keepingFlatCategory(of: record)
        // Staff may have given it another one: the file's leads to it.
        accepted.handle = record.handle
        let continuing = VariantMatching.continuing(accepted.variants, in: record)
        // Quantities that the file before gave too, or that this one does not give: sales and counts since then stand.
        let sameStock = try change.sameStockAsImported(accepted.variants, continuing: continuing)
            .union(zip(continuing, accepted.variants).compactMap { $1.keepsStock ? $0?.id : nil })
        let changed = try change.update(
            record, to: accepted, continuing: continuing, stock: .imported, keepingStockOf: sameStock)
        try change.writeImportedStock(accepted, of: record.number, keptStockOf: sameStock)
        try change.writeImportDigest(digest, of: record.number)
        return changed ? .updated : .unchanged
    }
}

extension StockSource {
    fileprivate static let imported = StockSource(kind: .import, reason: "catalogue import")
}
