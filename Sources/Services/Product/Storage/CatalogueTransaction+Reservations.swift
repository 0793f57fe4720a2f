import Commerce
import ProductContract
import SQL
import ServiceKit

extension CatalogueTransaction {
    private struct Row {
        let variant: VariantID
        let quantity: Int
        let taken: Int
        init(_ row: SQLRow) throws {
            variant = try row.id("variant_id")
            quantity = try row.int("quantity")
            taken = try row.int("taken")
        }
    }

    /// Takes every line aside, or throws and leaves nothing.
    func reserve(_ reservation: StockReservation) throws {
        try lock(reservation.order)
        let known = try tx.first(
            """
            SELECT state FROM reservations WHERE order_id = \(reservation.order)
            UNION ALL SELECT 'released' AS state FROM given_up_orders WHERE order_id = \(reservation.order)
            """)
        if let state = try known?.string("state") {
            guard state != "released" else { throw CatalogueError.reservationExpired }
            return
        }
        var lines: [VariantID: [Int]] = [:]
        for (index, line) in reservation.lines.enumerated() { lines[line.variant, default: []].append(index) }
        let variants = lines.keys.sorted()
        try bumpVersions(of: variants)
        let sold = try VariantRecord.all(where: "v.id IN \(in: variants) AND v.retired = 0", in: tx)
        guard sold.count == variants.count else { throw CatalogueError.variantNotFound }
        var faults: [(line: Int, left: Int)] = []
        for variant in variants {
            let indices = lines[variant] ?? []
            let quantity = indices.reduce(0) { $0 + reservation.lines[$1].quantity }
            guard let taken = try take(quantity, of: variant) else {
                let left = sold.first { $0.id == variant }.map { max(0, $0.onHand - $0.reserved) } ?? 0
                faults += indices.map { ($0, left) }
                continue
            }
            try tx.execute(
                """
                INSERT INTO reservations (order_id, variant_id, quantity, taken, state, expires_at)
                VALUES (\(reservation.order), \(variant), \(quantity), \(taken), 'held',
                    \(now.advanced(by: reservation.lifetime)))
                """)
        }
        guard faults.isEmpty else { throw CatalogueError.outOfStock(faults.sorted { $0.line < $1.line }) }
    }

    /// One call at a time for an order: a repeated one finds what the first has done, and not what it is doing.
    private func lock(_ order: OrderID) throws { try tx.lock("reservation \(order)") }

    /// Notes that the order takes no stock: a call to reserve or commit for it that is still on its way comes too late.
    private func giveUp(_ order: OrderID) throws {
        try tx.execute(
            """
            INSERT INTO given_up_orders (order_id, given_up_at) VALUES (\(order), \(now))
            ON CONFLICT (order_id) DO NOTHING
            """)
    }

    private func isGivenUp(_ order: OrderID) throws -> Bool {
        try tx.first("SELECT order_id FROM given_up_orders WHERE order_id = \(order)") != nil
    }

    /// Forgets orders given up long before any call about them can still be on its way.
    func forgetGivenUpOrders() throws {
        try tx.execute("DELETE FROM given_up_orders WHERE given_up_at < \(now.advanced(by: .seconds(-86_400)))")
    }

    /// The one conditional update that keeps stock from falling below zero.
    /// - Returns: What was taken (0 when stock is not tracked); nil when there is not enough.
    private func take(_ quantity: Int, of variant: VariantID) throws -> Int? {
        let row = try tx.query(
            """
            UPDATE stock SET reserved = reserved + CASE WHEN tracked = 1 THEN \(quantity) ELSE 0 END
            WHERE variant_id = \(variant) AND (tracked = 0 OR on_hand - reserved >= \(quantity)) RETURNING tracked
            """
        ).first
        return try row.map { try $0.bool("tracked") ? quantity : 0 }
    }

    /// Moves the order's rows from one state to the next; only the first caller gets them.
    private func move(_ order: OrderID, from: String, to: String, expiredBy limit: Instant? = nil) throws -> [Row] {
        let expired: SQLStatement = limit.map { "AND expires_at <= \($0)" } ?? ""
        return try tx.query(
            """
            UPDATE reservations SET state = \(to) WHERE order_id = \(order) AND state = \(from) \(expired)
            RETURNING variant_id, quantity, taken
            """
        ).map(Row.init).sorted { $0.variant < $1.variant }
    }

    /// Throws 409 `reservation_expired` when it was released, or ran out and the stock is gone.
    func commitReservation(for order: OrderID) throws {
        try lock(order)
        var rows = try move(order, from: "held", to: "committed")
        let wasHeld = !rows.isEmpty
        if !wasHeld {
            let known = try tx.first("SELECT state FROM reservations WHERE order_id = \(order) AND state <> 'released'")
            guard known == nil else { return }
            guard try !isGivenUp(order) else { throw CatalogueError.reservationExpired }
            rows = try move(order, from: "released", to: "committed")
            guard !rows.isEmpty else { throw ServiceError.notFound("reservation") }
        }
        try bumpVersions(of: rows.map(\.variant))
        if !wasHeld { rows = try takeAgain(rows, for: order) }
        for row in rows where row.taken > 0 {
            try tx.execute(
                """
                UPDATE stock SET on_hand = on_hand - \(row.taken), reserved = reserved - \(row.taken)
                WHERE variant_id = \(row.variant)
                """)
            try record(Movement(kind: .sale, quantity: -row.taken, reason: "", order: order), of: row.variant)
        }
    }

    private func takeAgain(_ released: [Row], for order: OrderID) throws -> [Row] {
        for row in released {
            guard let taken = try take(row.quantity, of: row.variant) else { throw CatalogueError.reservationExpired }
            try tx.execute(
                """
                UPDATE reservations SET taken = \(taken) WHERE order_id = \(order) AND variant_id = \(row.variant)
                """)
        }
        return try tx.query(
            "SELECT variant_id, quantity, taken FROM reservations WHERE order_id = \(order) AND state = 'committed'"
        ).map(Row.init).sorted { $0.variant < $1.variant }
    }

    /// - Parameter limit: When given, only what expired by then.
    func releaseReservation(for order: OrderID, expiredBy limit: Instant? = nil) throws {
        try lock(order)
        if limit == nil { try giveUp(order) }
        let rows = try move(order, from: "held", to: "released", expiredBy: limit)
        try bumpVersions(of: rows.map(\.variant))
        for row in rows where row.taken > 0 {
            try tx.execute("UPDATE stock SET reserved = reserved - \(row.taken) WHERE variant_id = \(row.variant)")
        }
    }

    func restock(order: OrderID) throws {
        try lock(order)
        let rows = try move(order, from: "committed", to: "restocked")
        try bumpVersions(of: rows.map(\.variant))
        for row in rows where row.taken > 0 {
            try tx.execute("UPDATE stock SET on_hand = on_hand + \(row.taken) WHERE variant_id = \(row.variant)")
            try record(Movement(kind: .restock, quantity: row.taken, reason: "", order: order), of: row.variant)
        }
    }
}
