import Calls
import Commerce
import ProductContract
import SQL

extension CatalogueTransaction {
    /// Throws 409 `sku_taken` naming the variants whose SKU another product has.
    func refuseTakenSKUs(_ draft: ProductDraft, except number: Int64?) throws {
        let skus = draft.variants.map(\.sku).filter { !$0.isEmpty }
        let rows = try tx.query(
            """
            SELECT sku FROM variants WHERE retired = 0 AND sku IN \(in: skus) AND product_number <> \(number ?? -1)
            """)
        let taken = Set(try rows.map { try $0.string("sku") })
        guard !taken.isEmpty else { return }
        throw CatalogueError.skuTaken(draft.variants.indices.filter { taken.contains(draft.variants[$0].sku) })
    }

    /// Retires what the draft no longer has, changes what it continues, adds the rest.
    func writeVariants(
        of record: ProductRecord, _ draft: ProductDraft, continuing: [VariantRecord?], stock: StockSource?
    ) throws {
        let kept = Set(continuing.compactMap { $0?.id })
        let retiring = record.variants.filter { !$0.retired && !kept.contains($0.id) }.map(\.id)
        try tx.execute("UPDATE variants SET retired = 1 WHERE id IN \(in: retiring)")
        // SKUs and options may change places: they are all taken away before they are given anew.
        try tx.execute("UPDATE variants SET sku = '', option_values = id WHERE id IN \(in: Array(kept))")
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
