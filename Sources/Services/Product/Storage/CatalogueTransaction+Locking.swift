import Commerce
import SQL

/// Whoever changes a product or its stock locks or changes its row first, several in the order of their numbers. So what
/// is read here cannot be out of date, and the events of one product leave in the order of its changes.
extension CatalogueTransaction {
    /// The product that meets the condition on `p` (products); nobody else changes it until the transaction ends.
    func locked(_ condition: SQLStatement) throws -> ProductRecord? {
        guard tx.dialect == .postgresql else { return try ProductRecord.all(where: condition, in: tx).first }
        // Meanwhile a handle may have passed to another product: what was locked is what is read.
        let rows = try tx.query("SELECT number FROM products p WHERE \(condition) FOR UPDATE")
        guard let number = try rows.first?.int64("number") else { return nil }
        return try ProductRecord.all(where: "p.number = \(number)", in: tx).first
    }

    /// The product of this id or handle, locked in the same way.
    func locked(product idOrHandle: String) throws -> ProductRecord? { try locked(ProductRecord.condition(idOrHandle)) }

    /// The product of this handle, locked in the same way.
    func locked(handle: String) throws -> ProductRecord? { try locked(ProductRecord.condition(handle: handle)) }

    /// The variant, its product locked in the same way.
    func locked(_ variant: VariantID) throws -> VariantRecord? {
        if tx.dialect == .postgresql {
            _ = try tx.query(
                """
                SELECT number FROM products WHERE number = (SELECT product_number FROM variants WHERE id = \(variant))
                FOR UPDATE
                """)
        }
        return try VariantRecord.all(where: "v.id = \(variant)", in: tx).first
    }
}
