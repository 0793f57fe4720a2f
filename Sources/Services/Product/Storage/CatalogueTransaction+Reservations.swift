import Commerce
import SQL

extension CatalogueTransaction {
    /// One call at a time for an order: a repeated one finds what the first has done, and not what it is doing.
    func lock(_ order: OrderID) throws { try tx.lock("reservation \(order)") }

    /// What has become of the order's reservation; `released` for an abandoned order too. Nil when it never had one.
    func reservationState(of order: OrderID) throws -> ReservationState? {
        let row = try tx.first(
            """
            SELECT state FROM reservations WHERE order_id = \(order)
            UNION ALL SELECT 'released' AS state FROM given_up_orders WHERE order_id = \(order)
            """)
        guard let state = try row?.string("state") else { return nil }
        guard let known = ReservationState(rawValue: state) else { throw SQLError.decoding("unknown state \(state)") }
        return known
    }

    /// Whether the order's stock left the shop, even if it came back.
    func hasSold(to order: OrderID) throws -> Bool {
        try tx.first("SELECT state FROM reservations WHERE order_id = \(order) AND state <> 'released'") != nil
    }

    /// Stores what an order holds of one variant.
    func hold(_ stock: ReservedStock, for order: OrderID, until end: Instant) throws {
        try tx.execute(
            """
            INSERT INTO reservations (order_id, variant_id, quantity, taken, state, expires_at)
            VALUES (\(order), \(stock.variant), \(stock.quantity), \(stock.taken),
                \(ReservationState.held.rawValue), \(end))
            """)
    }

    /// Moves the order's rows from one state to the next; only the first caller gets them.
    func moveReservation(
        of order: OrderID, from: ReservationState, to: ReservationState, expiredBy limit: Instant? = nil
    ) throws -> [ReservedStock] {
        let expired: SQLStatement = limit.map { "AND expires_at <= \($0)" } ?? ""
        return try tx.query(
            """
            UPDATE reservations SET state = \(to.rawValue) WHERE order_id = \(order) AND state = \(from.rawValue) \(expired)
            RETURNING variant_id, quantity, taken
            """
        ).map(ReservedStock.init(row:)).sorted { $0.variant < $1.variant }
    }

    /// Stores what was taken of the variant when an order took its stock a second time.
    func retake(_ stock: ReservedStock, for order: OrderID) throws {
        try tx.execute(
            """
            UPDATE reservations SET taken = \(stock.taken) WHERE order_id = \(order) AND variant_id = \(stock.variant)
            """)
    }

    /// Stores that the order takes no stock: a call to reserve or commit for it that is still on its way comes too late.
    func abandon(_ order: OrderID) throws {
        try tx.execute(
            """
            INSERT INTO given_up_orders (order_id, given_up_at) VALUES (\(order), \(now))
            ON CONFLICT (order_id) DO NOTHING
            """)
    }

    func isAbandoned(_ order: OrderID) throws -> Bool {
        try tx.first("SELECT order_id FROM given_up_orders WHERE order_id = \(order)") != nil
    }

    /// Deletes orders abandoned long before any call about them can still be on its way.
    func deleteExpiredAbandonedOrders() throws {
        try tx.execute("DELETE FROM given_up_orders WHERE given_up_at < \(now.advanced(by: .seconds(-86_400)))")
    }
}

extension ReservedStock {
    /// Up to 500 orders with stock held longer than it may be.
    static func expiredOrders(at now: Instant, in tx: any SQLTransaction) throws -> [OrderID] {
        try tx.query(
            "SELECT DISTINCT order_id FROM reservations WHERE state = 'held' AND expires_at <= \(now) LIMIT 500"
        ).map { try $0.id("order_id") }
    }

    /// How many rows are held now.
    static func held(in tx: any SQLTransaction) throws -> Int64 {
        // The range lets SQLite use the index of what expires.
        try tx.first("SELECT COUNT(*) AS held FROM reservations WHERE state = 'held' AND expires_at >= 0")?
            .int64("held") ?? 0
    }

    fileprivate init(row: SQLRow) throws {
        self.init(
            variant: try row.id("variant_id"), quantity: try row.int("quantity"), taken: try row.int("taken"))
    }
}
