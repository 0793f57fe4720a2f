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

    /// Retires what is no longer there, changes what continues, adds the rest; the number of statements is fixed.
    ///
    /// - Parameters:
    ///   - current: What the product has so far.
    ///   - continuing: Which of them each variant continues.
    ///   - stock: nil leaves the stock of existing variants alone.
    func writeVariants(
        _ variants: [ProductDraft.Variant], of product: (number: Int64, id: ProductID),
        replacing current: [VariantRecord],
        continuing: [VariantRecord?], stock: StockSource?
    ) throws {
        let kept = Set(continuing.compactMap { $0?.id })
        let retiring = current.filter { !$0.retired && !kept.contains($0.id) }.map(\.id)
        try tx.execute("UPDATE variants SET retired = 1 WHERE id IN \(in: retiring)")
        let writings = zip(variants, continuing).enumerated().map { position, pair in
            VariantWriting(
                id: pair.1?.id ?? VariantID(at: now), position: position, variant: pair.0, existing: pair.1)
        }
        // Options may change places: all of them are cleared before they are written again.
        let moving = writings.filter(\.movesOptions).map(\.id)
        try tx.execute("UPDATE variants SET option_values = id WHERE id IN \(in: moving)")
        try tx.execute(rows: writings.filter(\.isChange).map { $0.row(of: product.number) }) { rows in
            """
            INSERT INTO variants (id, product_number, position, option_values, currency, price, compare_at_price,
                image_url, \(unsafeSQL: VariantText.columns))
            VALUES \(rows: rows)
            ON CONFLICT (id) DO UPDATE SET position = excluded.position,
                option_values = excluded.option_values, currency = excluded.currency, price = excluded.price,
                compare_at_price = excluded.compare_at_price, image_url = excluded.image_url, retired = 0,
                \(unsafeSQL: VariantText.excluded)
            """
        }
        try tellPricesChanged(writings.compactMap(\.priceChange), of: product.id)
        try writeStock(writings, of: product.id, stock)
    }

    /// Sets what is on hand by an import or a new product: nil stops tracking, reserved units are never lost.
    private func writeStock(_ writings: [VariantWriting], of product: ProductID, _ stock: StockSource?) throws {
        let source = stock ?? .initial
        let changes = writings.filter { stock != nil || $0.existing == nil }.compactMap { writing in
            writing.level.map { level in
                let before = writing.existing?.onHand ?? 0
                return (Movement(kind: source.kind, quantity: level.onHand - before, reason: source.reason), level)
            }
        }
        let rows = changes.map { _, level in
            [level.variantID.sqlValue, level.tracked.sqlValue, level.onHand.sqlValue, level.reserved.sqlValue]
        }
        try tx.execute(rows: rows) { rows in
            """
            INSERT INTO stock (variant_id, tracked, on_hand, reserved) VALUES \(rows: rows)
            ON CONFLICT (variant_id) DO UPDATE SET tracked = excluded.tracked, on_hand = excluded.on_hand
            """
        }
        try record(changes, of: product)
    }
}
