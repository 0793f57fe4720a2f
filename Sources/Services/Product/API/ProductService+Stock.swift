import AuthContract
package import Commerce
package import ProductContract
import SQL
package import ServiceKit

extension ProductService {
    package func reserve(_ reservation: StockReservation) async throws {
        var faults: [ServiceError.Field] = []
        for (index, line) in reservation.lines.enumerated() where !(1...1_000_000).contains(line.quantity) {
            faults.append(
                ServiceError.Field(
                    field: "lines[\(index)].quantity", code: "out_of_range", detail: "must be at least 1"))
        }
        if reservation.lines.isEmpty || reservation.lines.count > 1_000 {
            faults.append(ServiceError.Field(field: "lines", code: "out_of_range", detail: "must be from 1 to 1000"))
        }
        guard faults.isEmpty else { throw ServiceError.invalid(faults) }
        try await change { try $0.reserve(reservation) }
    }

    package func commitReservation(for order: OrderID) async throws {
        try await change { try $0.commitReservation(for: order) }
    }

    package func releaseReservation(for order: OrderID) async throws {
        try await change { try $0.releaseReservation(for: order) }
    }

    package func restock(order: OrderID) async throws {
        try await change { try $0.restock(order: order) }
    }

    package func adjustStock(_ adjustment: StockAdjustment) async throws -> Outcome<StockLevel> {
        try CallContext.current.principal.require(.inventoryWrite)
        guard adjustment.reason.unicodeScalars.count <= 200 else {
            throw ServiceError.invalid("reason", code: "too_long", "must have at most 200 characters")
        }
        let key = CallContext.current.idempotency
        return try await change { change in
            if let stored = try Idempotency.response(for: key, in: change.tx) {
                return Outcome(try StoredJSON.value(StockLevel.self, from: stored), replayed: true)
            }
            let level = try change.adjust(adjustment)
            try Idempotency.store(StoredJSON.text(level), for: key, at: change.now, in: change.tx)
            return Outcome(level)
        }
    }

    package func stockLevels(page: PageRequest) async throws -> Page<StockLevel> {
        try CallContext.current.principal.require(.inventoryWrite)
        let limit = min(max(page.limit, 1), 100)
        let after = try page.cursor.map { text throws(ServiceError) in try Cursor(text, list: "stock").key } ?? ""
        return try await read { tx in
            let rows = try tx.query(
                """
                SELECT v.id, v.sku, s.tracked, s.on_hand, s.reserved FROM variants v JOIN stock s ON s.variant_id = v.id
                WHERE v.retired = 0 AND v.id > \(after) ORDER BY v.id LIMIT \(limit + 1)
                """)
            let levels = try rows.prefix(limit).map { row in
                StockLevel(
                    variantID: try row.id("id"), sku: try row.string("sku"), tracked: try row.bool("tracked"),
                    onHand: try row.int("on_hand"), reserved: try row.int("reserved"))
            }
            let next =
                rows.count > limit
                ? levels.last.map { Cursor(list: "stock", key: $0.variantID.rawValue, number: 0) } : nil
            let count =
                page.wantsCount
                ? try tx.first(
                    """
                    SELECT COUNT(*) AS total FROM variants v JOIN stock s ON s.variant_id = v.id WHERE v.retired = 0
                    """)?.int("total") : nil
            return Page(items: levels, nextCursor: next?.text, count: count)
        }
    }

    package func stockMovements(
        _ variant: VariantID, page: PageRequest
    ) async throws -> Page<StockMovement> {
        try CallContext.current.principal.require(.inventoryWrite)
        let limit = min(max(page.limit, 1), 100)
        let before =
            try page.cursor.map { text throws(ServiceError) in try Cursor(text, list: "movements").number } ?? .max
        return try await read { tx in
            guard try tx.first("SELECT id FROM variants WHERE id = \(variant)") != nil else {
                throw CatalogueError.variantNotFound
            }
            let movements = try tx.query(
                """
                SELECT * FROM stock_movements WHERE variant_id = \(variant) AND id < \(before)
                ORDER BY id DESC LIMIT \(limit + 1)
                """
            ).map(StockMovement.init(row:))
            let items = Array(movements.prefix(limit))
            let next =
                movements.count > limit ? items.last.map { Cursor(list: "movements", key: "", number: $0.id) } : nil
            let count =
                page.wantsCount
                ? try tx.first("SELECT COUNT(*) AS total FROM stock_movements WHERE variant_id = \(variant)")?
                    .int("total") : nil
            return Page(items: items, nextCursor: next?.text, count: count)
        }
    }

    /// Gives back what expired; the janitor calls it every five seconds.
    /// - Returns: How many orders lost their reservation.
    @discardableResult package func releaseExpired() async throws -> Int {
        let now = clock.now()
        let orders: [OrderID] = try await read { tx in
            try tx.query(
                "SELECT DISTINCT order_id FROM reservations WHERE state = 'held' AND expires_at <= \(now) LIMIT 500"
            ).map { try $0.id("order_id") }
        }
        for order in orders { try await change { try $0.releaseReservation(for: order, expiredBy: now) } }
        return orders.count
    }

    func forgetOldNotes() async throws {
        try await change { change in
            try Idempotency.expire(at: change.now, in: change.tx)
            try change.forgetGivenUpOrders()
        }
    }
}

extension StockMovement {
    fileprivate init(row: SQLRow) throws {
        let kind = try row.string("kind")
        guard let kind = Kind(rawValue: kind) else { throw SQLError.decoding("unknown movement \(kind)") }
        self.init(
            id: try row.int64("id"), variantID: try row.id("variant_id"), kind: kind, quantity: try row.int("quantity"),
            reason: try row.string("reason"), orderID: try row.optionalID("order_id"), actor: try row.string("actor"),
            occurredAt: try row.instant("occurred_at"))
    }
}
