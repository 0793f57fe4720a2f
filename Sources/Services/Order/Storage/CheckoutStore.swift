import Commerce
import SQL
import ServiceKit

/// The table `checkouts`.
enum CheckoutStore {
    /// - Returns: False when the caller's key is already taken.
    static func insert(
        _ order: OrderID, cart: CartID, network: String, provider: String, key: IdempotencyKey, principal: String,
        traceparent: String, lease: Lease, at now: Instant, in tx: any SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO checkouts (order_id, caller, key, request_hash, cart_id, network, principal, traceparent,
                provider, step, state, lease_owner, lease_until, created_at, updated_at)
            VALUES (\(order), \(key.caller), \(key.key), \(key.requestHash), \(cart), \(network), \(principal),
                \(traceparent), \(provider), 'started', 'running', \(lease.owner), \(now.advanced(by: lease.length)),
                \(now), \(now))
            ON CONFLICT (caller, key) DO NOTHING
            """) == 1
    }

    static func record(for key: IdempotencyKey, in tx: any SQLTransaction) throws -> CheckoutRecord? {
        try tx.first("SELECT * FROM checkouts WHERE caller = \(key.caller) AND key = \(key.key)")
            .map(CheckoutRecord.init)
    }

    static func record(_ order: OrderID, in tx: any SQLTransaction) throws -> CheckoutRecord? {
        try tx.first("SELECT * FROM checkouts WHERE order_id = \(order)").map(CheckoutRecord.init)
    }

    /// Takes over an attempt whose lease has expired.
    /// - Returns: Nil after a concurrent change.
    static func claim(
        _ order: OrderID, lease: Lease, at now: Instant, in tx: any SQLTransaction
    ) throws -> CheckoutRecord? {
        let claimed = try tx.execute(
            """
            UPDATE checkouts SET lease_owner = \(lease.owner), lease_until = \(now.advanced(by: lease.length)),
                attempts = attempts + 1
            WHERE order_id = \(order) AND state = 'running' AND lease_until <= \(now)
            """)
        return claimed == 1 ? try record(order, in: tx) : nil
    }

    /// Running attempts whose lease has expired, the longest expired first.
    static func stale(at now: Instant, limit: Int, in tx: any SQLTransaction) throws -> [OrderID] {
        try tx.query(
            """
            SELECT order_id FROM checkouts WHERE state = 'running' AND lease_until <= \(now)
            ORDER BY lease_until LIMIT \(limit)
            """
        ).map { try $0.id("order_id") }
    }

    /// How many attempts have not ended, and when the oldest of them began.
    static func unfinished(in tx: any SQLTransaction) throws -> (count: Int, oldest: Instant?) {
        // The range lets SQLite use the index of running attempts.
        let row = try tx.first(
            """
            SELECT COUNT(*) AS number, MIN(created_at) AS oldest FROM checkouts
            WHERE state = 'running' AND lease_until >= 0
            """)
        return (try row?.int("number") ?? 0, try row?.optionalInstant("oldest"))
    }

    /// Records the step and renews the lease. Throws `LeaseLost` when it belongs to another owner.
    static func advance(
        _ order: OrderID, to step: CheckoutSaga.Step, free: Bool? = nil, lease: Lease, at now: Instant,
        in tx: any SQLTransaction
    ) throws {
        let changed = try tx.execute(
            """
            UPDATE checkouts SET step = \(step.rawValue), free = COALESCE(\(free), free),
                lease_until = \(now.advanced(by: lease.length)), updated_at = \(now)
            WHERE order_id = \(order) AND lease_owner = \(lease.owner) AND state = 'running'
            """)
        guard changed == 1 else { throw LeaseLost() }
    }

    static func complete(_ order: OrderID, lease: Lease, at now: Instant, in tx: any SQLTransaction) throws {
        let changed = try tx.execute(
            """
            UPDATE checkouts SET step = 'done', state = 'completed', network = NULL, updated_at = \(now)
            WHERE order_id = \(order) AND lease_owner = \(lease.owner) AND state = 'running'
            """)
        guard changed == 1 else { throw LeaseLost() }
    }

    /// Ends a failed attempt and releases its key. Its row is deleted. Only after a refused payment the row stays: it
    /// counts for ``requireAllowance(_:cart:network:at:in:)`` and expires after two days.
    static func fail(
        _ order: OrderID, refusal: PaymentRefusal?, lease: Lease, at now: Instant, in tx: any SQLTransaction
    ) throws {
        let changed =
            if let refusal {
                try tx.execute(
                    """
                    UPDATE checkouts SET step = 'failed', state = 'failed', key = NULL, refusal = \(refusal.rawValue),
                        updated_at = \(now)
                    WHERE order_id = \(order) AND lease_owner = \(lease.owner) AND state = 'running'
                    """)
            } else {
                try tx.execute(
                    """
                    DELETE FROM checkouts
                    WHERE order_id = \(order) AND lease_owner = \(lease.owner) AND state = 'running'
                    """)
            }
        guard changed == 1 else { throw LeaseLost() }
    }

    /// Lets the reconciler take the attempt over from `retryAt` on.
    static func postpone(_ order: OrderID, until retryAt: Instant, lease: Lease, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE checkouts SET lease_owner = \(Lease.none.owner), lease_until = \(retryAt)
            WHERE order_id = \(order) AND lease_owner = \(lease.owner) AND state = 'running'
            """)
    }

    /// Lets the reconciler take a postponed attempt over from `now` on. One that somebody works on is left alone.
    static func resumeNow(_ order: OrderID, at now: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE checkouts SET lease_until = \(now)
            WHERE order_id = \(order) AND lease_owner = \(Lease.none.owner) AND state = 'running'
                AND lease_until > \(now)
            """)
    }

    /// Releases the keys of attempts that completed before this time, and deletes attempts that failed before it.
    static func expire(before time: Instant, in tx: any SQLTransaction) throws {
        try tx.execute(
            "UPDATE checkouts SET key = NULL WHERE updated_at < \(time) AND state = 'completed' AND key IS NOT NULL")
        try tx.execute("DELETE FROM checkouts WHERE updated_at < \(time) AND state = 'failed'")
    }
}

extension CheckoutRecord {
    fileprivate init(_ row: SQLRow) throws {
        guard let step = CheckoutSaga.Step(rawValue: try row.string("step")) else {
            throw SQLError.decoding("checkouts.step")
        }
        let requestHash = try row.string("request_hash")
        self.init(
            orderID: try row.id("order_id"),
            key: try row.optionalString("key").map {
                IdempotencyKey(caller: try row.string("caller"), key: $0, requestHash: requestHash)
            },
            requestHash: requestHash, cartID: try row.id("cart_id"), principal: try row.string("principal"),
            traceparent: try row.string("traceparent"), provider: try row.string("provider"), step: step,
            isRunning: try row.string("state") == "running", isFree: try row.bool("free"),
            leaseUntil: try row.instant("lease_until"), attempts: try row.int("attempts"))
    }
}
