import Commerce
import ProductContract
import SQL

/// Handles: each belongs to one product that is not archived. Former handles lead to a product while no other takes them.
extension CatalogueTransaction {
    /// One caller at a time decides about the handle. Comes before any product is locked.
    func lock(handle: String) throws {
        try tx.lock("handle \(handle)")
        // An earlier version, which may still run on the same database, archives without freeing the handle.
        try tx.execute(
            """
            UPDATE products SET archived_handle = handle, handle = id
            WHERE handle = \(handle) AND status = 'archived' AND handle <> id
            """)
    }

    /// The handle itself, or with the first number behind it that makes it free.
    func freeHandle(like handle: String) throws -> String {
        try lock(handle: handle)
        var candidate = handle
        var number = 1
        while try tx.first(
            """
            SELECT handle FROM products WHERE handle = \(candidate)
            UNION ALL SELECT handle FROM former_handles WHERE handle = \(candidate)
            """) != nil
        {
            number += 1
            candidate = Slug.numbered(handle, number)
        }
        return candidate
    }

    /// Throws 409 `handle_taken` when a product that is not archived has the draft's handle. From now on it leads nowhere
    /// else. An archived product needs none.
    func claimHandle(for draft: ProductDraft) throws {
        guard draft.status != .archived else { return }
        guard try tx.first("SELECT id FROM products WHERE handle = \(draft.handle)") == nil else {
            throw CatalogueError.handleTaken
        }
        try tx.execute("DELETE FROM former_handles WHERE handle = \(draft.handle)")
    }

    /// The product's handle becomes the draft's, unless its status says that it needs none.
    func writeHandle(of record: ProductRecord, _ draft: ProductDraft) throws {
        let (wasArchived, isArchived) = (record.status == .archived, draft.status == .archived)
        guard draft.handle != record.handle || wasArchived != isArchived else { return }
        try claimHandle(for: draft)
        if !isArchived, !wasArchived {
            try tx.execute(
                """
                INSERT INTO former_handles (handle, product_number) VALUES (\(record.handle), \(record.number))
                ON CONFLICT (handle) DO UPDATE SET product_number = excluded.product_number
                """)
        }
        let columns = HandleColumns(draft, id: record.id)
        try tx.execute(
            """
            UPDATE products SET handle = \(columns.handle), archived_handle = \(columns.archivedHandle)
            WHERE number = \(record.number)
            """)
    }
}
