import Commerce
import ProductContract
import SQL

extension CatalogueTransaction {
    /// The variants of these that are sold.
    func variantsOnSale(_ variants: [VariantID]) throws -> [VariantRecord] {
        try VariantRecord.all(where: "v.id IN \(in: variants) AND v.retired = 0", in: tx)
    }

    /// Reserves units of a variant: the one conditional update that keeps stock from falling below zero.
    /// - Returns: What was taken (0 when stock is not tracked); nil when there is not enough.
    func take(_ quantity: Int, of variant: VariantID) throws -> Int? {
        let row = try tx.query(
            """
            UPDATE stock SET reserved = reserved + CASE WHEN tracked = 1 THEN \(quantity) ELSE 0 END
            WHERE variant_id = \(variant) AND (tracked = 0 OR on_hand - reserved >= \(quantity)) RETURNING tracked
            """
        ).first
        return try row.map { try $0.bool("tracked") ? quantity : 0 }
    }

    /// Reserved units leave the shop.
    func sell(_ stock: ReservedStock, to order: OrderID) throws {
        try tx.execute(
            """
            UPDATE stock SET on_hand = on_hand - \(stock.taken), reserved = reserved - \(stock.taken)
            WHERE variant_id = \(stock.variant)
            """)
        try record(Movement(kind: .sale, quantity: -stock.taken, reason: "", order: order), of: stock.variant)
    }

    /// Reserved units can be bought again.
    func release(_ reserved: [ReservedStock]) throws {
        try bumpVersions(of: reserved.map(\.variant))
        for stock in reserved where stock.taken > 0 {
            try tx.execute("UPDATE stock SET reserved = reserved - \(stock.taken) WHERE variant_id = \(stock.variant)")
        }
    }

    /// Units that were sold come back.
    func restock(_ stock: ReservedStock, of order: OrderID) throws {
        try tx.execute("UPDATE stock SET on_hand = on_hand + \(stock.taken) WHERE variant_id = \(stock.variant)")
        try record(Movement(kind: .restock, quantity: stock.taken, reason: "", order: order), of: stock.variant)
    }

    /// Sets whether the variant's stock is tracked and what is on hand. Its product is locked.
    func writeStock(_ level: StockLevel) throws {
        try tx.execute(
            """
            UPDATE stock SET tracked = \(level.tracked), on_hand = \(level.onHand) WHERE variant_id = \(level.variantID)
            """)
    }
}
