import Commerce
import ProductContract
import SQL
import ServiceKit

extension CatalogueTransaction {
    /// Stores a new product, whose handle is claimed.
    func create(_ draft: ProductDraft, stock: StockSource, digest: String?) throws -> ProductRecord {
        let id = ProductID(at: now)
        let columns = HandleColumns(draft, id: id)
        let category = try self.category(draft.category)
        let row = [
            id.sqlValue, columns.handle.sqlValue, columns.archivedHandle.sqlValue, draft.title.sqlValue,
            draft.title.lowercased().sqlValue, draft.descriptionHTML.sqlValue, category.sqlValue,
            try Columns.text(draft.images).sqlValue, Columns.text(draft.optionNames).sqlValue,
            draft.seo.title.sqlValue, draft.seo.description.sqlValue, draft.status.rawValue.sqlValue,
            draft.lowestPrice.sqlValue, 1.sqlValue, digest.sqlValue, now.sqlValue, now.sqlValue,
        ]
        let rows = try tx.query(
            """
            INSERT INTO products (id, handle, archived_handle, title, title_key, description_html, category_id,
                images, option_names, seo_title, seo_description, status, price_min, version, import_digest,
                created_at, updated_at, \(unsafeSQL: ProductText.columns))
            VALUES \(rows: [row + ProductText.values(of: draft.texts)]) RETURNING number
            """)
        guard let number = try rows.first?.int64("number") else { throw SQLError.other("no row came back") }
        if let currency = draft.variants.first?.price.currency { try ShopCurrency.propose(currency, in: tx) }
        try writeTags(draft.tags, number: number)
        try writeVariants(
            draft.variants, of: (number, id), replacing: [], continuing: draft.variants.map { _ in nil }, stock: stock)
        try index(draft, number: number)
        touch(id)
        try tellProductChanged(id, handle: draft.handle, version: 1, change: "created")
        return try stored(number)
    }

    /// Makes the product what the draft says; each of its variants is paired with the stored one it continues. Throws 409
    /// `handle_taken`.
    /// - Parameters:
    ///   - stock: nil leaves the stock of existing variants alone.
    ///   - kept: Existing variants whose stock is left alone in any case.
    /// - Returns: False when there was nothing to change, and nothing was written.
    func update(
        _ record: ProductRecord, to draft: ProductDraft, continuing: [VariantRecord?], stock: StockSource?,
        keepingStockOf kept: Set<VariantID> = []
    ) throws -> Bool {
        let target = draft.content(of: record, continuing: continuing, stock: stock, keepingStockOf: kept)
        guard target != record.draft else { return false }
        try writeHandle(of: record, target)
        try writeVariants(
            target.variants, of: (record.number, record.id), replacing: record.variants, continuing: continuing,
            stock: stock)
        try writeTags(target.tags, number: record.number)
        // What it has stays: titles of earlier versions may look like paths.
        let category =
            target.category == record.categoryPath ? record.categoryID : try self.category(target.category)
        let rows = try tx.query(
            """
            UPDATE products SET title = \(target.title), title_key = \(target.title.lowercased()),
                description_html = \(target.descriptionHTML), \(set: target.texts), category_id = \(category),
                images = \(try Columns.text(target.images)), option_names = \(Columns.text(target.optionNames)),
                seo_title = \(target.seo.title), seo_description = \(target.seo.description),
                status = \(target.status.rawValue), price_min = \(target.lowestPrice), version = version + 1,
                updated_at = \(now)
            WHERE number = \(record.number) RETURNING version
            """)
        guard let version = try rows.first?.int64("version") else { throw SQLError.other("no row came back") }
        try index(target, number: record.number)
        touch(record.id)
        let archived = target.status == .archived && record.status != .archived
        try tellProductChanged(
            record.id, handle: target.handle, version: version, change: archived ? "archived" : "updated")
        return true
    }

    /// The product of this number. Throws 404 when there is none.
    func stored(_ number: Int64) throws -> ProductRecord {
        guard let record = try ProductRecord.all(where: "p.number = \(number)", in: tx).first else {
            throw ServiceError.productNotFound
        }
        return record
    }

    private func writeTags(_ tags: [String], number: Int64) throws {
        try tx.execute("DELETE FROM product_tags WHERE product_number = \(number)")
        for (position, tag) in tags.enumerated() {
            try tx.execute(
                """
                INSERT INTO product_tags (product_number, position, tag, tag_key)
                VALUES (\(number), \(position), \(tag), \(tag.lowercased()))
                """)
        }
    }

    /// Remembers the content of the imported file: the same again changes nothing.
    func writeImportDigest(_ digest: String, of number: Int64) throws {
        try tx.execute("UPDATE products SET import_digest = \(digest) WHERE number = \(number)")
    }
}

extension ProductDraft {
    /// Minor units.
    fileprivate var lowestPrice: Int64 { variants.map(\.price.amount).min() ?? 0 }
}
