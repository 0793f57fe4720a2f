import Commerce
import SQL
import ServiceKit

extension CheckoutStore {
    /// Throws `rate_limited` when a cart or a network has reached its limit of refused payments. Running attempts
    /// count, because each may be refused. Both names are locked until the transaction ends, so that parallel attempts
    /// see each other.
    static func requireAllowance(
        _ limits: AttemptLimits, cart: CartID, network: String, at now: Instant, in tx: any SQLTransaction
    ) throws {
        try tx.lock("payments of network \(network)")
        try tx.lock("payments of cart \(cart)")
        let since = now.advanced(by: .zero - limits.window)
        let last = try [
            tx.first(
                """
                SELECT created_at FROM checkouts
                WHERE cart_id = \(cart) AND state <> 'completed' AND created_at > \(since)
                    AND (state = 'running' OR refusal IS NOT NULL)
                ORDER BY created_at DESC LIMIT 1 OFFSET \(limits.perCart - 1)
                """),
            tx.first(
                """
                SELECT created_at FROM checkouts
                WHERE network = \(network) AND state <> 'completed' AND created_at > \(since)
                    AND (state = 'running' OR refusal IS NOT NULL)
                ORDER BY created_at DESC LIMIT 1 OFFSET \(limits.perNetwork - 1)
                """),
        ].compactMap { try $0?.instant("created_at") }.max()
        guard let last else { return }
        throw ServiceError.tooManyRefusedPayments(retryAfter: now.duration(to: last.advanced(by: limits.window)))
    }
}
