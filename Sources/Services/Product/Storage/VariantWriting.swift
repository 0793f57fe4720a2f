import Calls
import Commerce
import ProductContract
import SQL

extension CatalogueTransaction {
    /// Throws 409 `sku_taken` naming the variants whose SKU another product has that is not archived. Until the transaction
    /// ends nobody else finds the same SKUs free.
    ///
    /// - Parameter chosen: Positions of the variants whose SKU is new to the shop.
    func refuseTakenSKUs(_ draft: ProductDraft, chosen: [Int], except number: Int64? = nil) throws {
        let skus = Set(chosen.map { draft.variants[$0].sku }.filter { !$0.isEmpty })
        guard !skus.isEmpty, draft.status != .archived else { return }
        try tx.lock("SKUs that staff choose")
        let rows = try tx.query(
            """
            SELECT DISTINCT v.sku FROM variants v JOIN products p ON p.number = v.product_number
            WHERE v.sku <> '' AND v.retired = 0 AND v.sku IN \(in: Array(skus)) AND p.status <> 'archived'
                AND p.number <> \(number ?? -1)
            """)
        let taken = Set(try rows.map { try $0.string("sku") })
        guard !taken.isEmpty else { return }
        throw CatalogueError.skuTaken(chosen.filter { taken.contains(draft.variants[$0].sku) })
    }

    /// Retires what the draft no longer has, changes what it continues, adds the rest.
    func writeVariants(
        of record: ProductRecord, _ draft: ProductDraft, continuing: [VariantRecord?], stock: StockSource?
    ) throws {
        let kept = Set(continuing.compactMap { $0?.id })
        let retiring = record.variants.filter { !$0.retired && !kept.contains($0.id) }.map(\.id)
        try tx.execute("UPDATE variants SET retired = 1 WHERE id IN \(in: retiring)")
        // Options may change places: they are all taken away before they are given anew.
        try tx.execute("UPDATE variants SET option_values = id WHERE id IN \(in: Array(kept))")
        for (position, variant) in draft.variants.enumerated() {
            guard let existing = continuing[position] else {
                try insert(variant, product: record.number, position: position, stock: stock ?? .initial)
                continue
            }
            try tx.execute(
                """
                UPDATE variants SET position = \(position), sku = \(variant.sku),
                    option_values = \(Columns.text(variant.optionValues)), currency = \(variant.price.currency),
                    price = \(variant.price.amount), compare_at_price = \(variant.compareAtPrice?.amount),
                    image_url = \(variant.imageURL), retired = 0
                WHERE id = \(existing.id)
                """)
            if existing.price != variant.price, !existing.retired {
                try tellPriceChanged(existing.id, of: record.id, before: existing.price, after: variant.price)
            }
            if let stock {
                try setStock(of: existing, to: variant.inventoryQuantity, kind: stock.kind, reason: stock.reason)
            }
        }
    }

    func insert(_ variant: ProductDraft.Variant, product: Int64, position: Int, stock: StockSource) throws {
        let id = VariantID(at: now)
        let onHand = variant.inventoryQuantity ?? 0
        try tx.execute(
            """
            INSERT INTO variants (id, product_number, position, sku, option_values, currency, price, compare_at_price,
                image_url)
            VALUES (\(id), \(product), \(position), \(variant.sku), \(Columns.text(variant.optionValues)),
                \(variant.price.currency), \(variant.price.amount), \(variant.compareAtPrice?.amount),
                \(variant.imageURL))
            """)
        try tx.execute(
            """
            INSERT INTO stock (variant_id, tracked, on_hand, reserved)
            VALUES (\(id), \(variant.inventoryQuantity != nil), \(onHand), 0)
            """)
        try record(Movement(kind: stock.kind, quantity: onHand, reason: stock.reason), of: id)
    }
}
