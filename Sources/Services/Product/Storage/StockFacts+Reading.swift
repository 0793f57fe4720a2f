import Commerce
import SQL

/// All that one check reads is of one transaction, and so of one instant.
extension StockFacts {
    /// Units held for orders. There are as many rows as lines of checkouts under way.
    static func held(in tx: any SQLTransaction) throws -> [VariantID: Int64] {
        // The range lets SQLite use the index of what expires.
        let rows = try tx.query(
            """
            SELECT variant_id, CAST(SUM(taken) AS BIGINT) AS units FROM reservations
            WHERE state = 'held' AND expires_at >= 0 GROUP BY variant_id
            """)
        return try rows.reduce(into: [:]) { $0[try $1.id("variant_id")] = try $1.int64("units") }
    }

    /// - Parameter ledger: As far as it is known; only later movements are added up.
    /// - Returns: Nil for a variant without stock.
    static func of(
        _ variant: VariantID, held: [VariantID: Int64], continuing ledger: Ledger = .empty, in tx: any SQLTransaction
    ) throws -> StockFacts? {
        guard
            let stock = try tx.first("SELECT tracked, on_hand, reserved FROM stock WHERE variant_id = \(variant)"),
            let moved = try tx.first(
                """
                SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) AS units, MAX(id) AS last FROM stock_movements
                WHERE variant_id = \(variant) AND id > \(ledger.lastMovement)
                """)
        else { return nil }
        return StockFacts(
            variant: variant, isTracked: try stock.bool("tracked"), onHand: try stock.int64("on_hand"),
            reserved: try stock.int64("reserved"), held: held[variant] ?? 0,
            ledger: Ledger(
                units: ledger.units + (try moved.int64("units")),
                lastMovement: try moved.optionalInt64("last") ?? ledger.lastMovement))
    }

    /// Variants with stock in the order of their ids.
    static func variants(after id: String, limit: Int, in tx: any SQLTransaction) throws -> [VariantID] {
        try tx.query("SELECT variant_id FROM stock WHERE variant_id > \(id) ORDER BY variant_id LIMIT \(limit)")
            .map { try $0.id("variant_id") }
    }

    /// The variants of later movements, and the last of these.
    static func moved(
        after movement: Int64, limit: Int, in tx: any SQLTransaction
    ) throws -> (variants: Set<VariantID>, last: Int64) {
        let rows = try tx.query(
            "SELECT id, variant_id FROM stock_movements WHERE id > \(movement) ORDER BY id LIMIT \(limit)")
        return (Set(try rows.map { try $0.id("variant_id") }), try rows.last?.int64("id") ?? movement)
    }

    static func lastMovement(in tx: any SQLTransaction) throws -> Int64 {
        try tx.first("SELECT MAX(id) AS last FROM stock_movements")?.optionalInt64("last") ?? 0
    }
}
