import Commerce
import SQL
import ServiceKit

/// The table `order_tasks`.
enum TaskStore {
    static func insert(_ task: OrderTask, lease: Lease, at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO order_tasks (id, order_id, kind, refund_id, actor, traceparent, caller, key, lease_owner,
                lease_until, created_at)
            VALUES (\(task.id), \(task.orderID), \(task.kind.rawValue), \(task.refundID), \(task.actor),
                \(task.traceparent), \(task.caller), \(task.key), \(lease.owner),
                \(now.advanced(by: lease.length)), \(now))
            """)
    }

    static func due(at now: Instant, limit: Int, in tx: any SQLTransaction) throws -> [String] {
        try tx.query("SELECT id FROM order_tasks WHERE lease_until <= \(now) ORDER BY lease_until LIMIT \(limit)")
            .map { try $0.string("id") }
    }

    /// How many tasks are not done, and when the oldest of them was recorded.
    static func unfinished(in tx: any SQLTransaction) throws -> (count: Int, oldest: Instant?) {
        let row = try tx.first("SELECT COUNT(*) AS number, MIN(created_at) AS oldest FROM order_tasks")
        return (try row?.int("number") ?? 0, try row?.optionalInstant("oldest"))
    }

    /// - Returns: Nil when the task is done, or another owner's lease is valid.
    static func claim(_ id: String, lease: Lease, at now: Instant, in tx: any SQLTransaction) throws -> OrderTask? {
        try tx.first(
            """
            UPDATE order_tasks SET lease_owner = \(lease.owner), lease_until = \(now.advanced(by: lease.length)),
                attempts = attempts + 1
            WHERE id = \(id) AND lease_until <= \(now) RETURNING *
            """
        ).map(OrderTask.init)
    }

    /// Deletes a task that is done. Throws `LeaseLost` when another owner repeats it: the effects are idempotent, and
    /// that owner ends the task.
    static func finish(_ id: String, lease: Lease, in tx: any SQLTransaction) throws {
        let removed = try tx.execute("DELETE FROM order_tasks WHERE id = \(id) AND lease_owner = \(lease.owner)")
        guard removed == 1 else { throw LeaseLost() }
    }

    /// Renews the lease of a task whose first part is done. Throws `LeaseLost` when another owner repeats it.
    static func renew(_ id: String, lease: Lease, at now: Instant, in tx: any SQLTransaction) throws {
        let renewed = try tx.execute(
            """
            UPDATE order_tasks SET lease_until = \(now.advanced(by: lease.length))
            WHERE id = \(id) AND lease_owner = \(lease.owner)
            """)
        guard renewed == 1 else { throw LeaseLost() }
    }

    /// Lets the reconciler take the task over from `retryAt` on.
    static func postpone(_ id: String, until retryAt: Instant, lease: Lease, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE order_tasks SET lease_owner = \(Lease.none.owner), lease_until = \(retryAt)
            WHERE id = \(id) AND lease_owner = \(lease.owner)
            """)
    }

    /// Makes an order's postponed tasks due. Those that somebody works on are left alone.
    /// - Returns: The tasks that are due.
    static func resumeNow(of order: OrderID, at now: Instant, in tx: any SQLTransaction) throws -> [String] {
        try tx.execute(
            """
            UPDATE order_tasks SET lease_until = \(now)
            WHERE order_id = \(order) AND lease_owner = \(Lease.none.owner) AND lease_until > \(now)
            """)
        return try tx.query("SELECT id FROM order_tasks WHERE order_id = \(order) AND lease_until <= \(now)")
            .map { try $0.string("id") }
    }
}

extension OrderTask {
    fileprivate init(_ row: SQLRow) throws {
        guard let kind = Kind(rawValue: try row.string("kind")) else { throw SQLError.decoding("order_tasks.kind") }
        self.init(
            id: try row.string("id"), orderID: try row.id("order_id"), kind: kind, refundID: try row.id("refund_id"),
            actor: try row.string("actor"), traceparent: try row.string("traceparent"),
            caller: try row.optionalString("caller"), key: try row.optionalString("key"),
            attempts: try row.int("attempts"))
    }
}
