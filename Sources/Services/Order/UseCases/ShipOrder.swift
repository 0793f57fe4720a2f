import Commerce
import OrderContract
import SQL
import ServiceKit

/// Marks an order as fulfilled, in one transaction without remote effects.
struct ShipOrder: Sendable {
    let context: OrderContext

    /// The caller has been authorised.
    func run(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> {
        let call = CallContext.current
        try OrderRules.requireTracking(tracking)
        let now = context.clock.now()
        return try await context.database.write { tx in
            // The row is locked before the stored response is read, so that the second of two requests with one key
            // finds it.
            let stored = try OrderStore.lockedOrder(id, in: tx)
            if let order = try ResponseStore.order(for: call.idempotency, in: tx) {
                return Outcome(order, replayed: true)
            }
            try OrderRules.requireFulfillable(stored, checkout: CheckoutStore.record(id, in: tx)?.step)
            _ = try OrderStore.setStatus(.fulfilled, from: [.confirmed], of: id, tracking: tracking, at: now, in: tx)
            let order = try OrderStore.lockedOrder(id, in: tx).order
            try OrderEvents.fulfilled(order, actor: call.principal.name, at: now, in: tx)
            try ResponseStore.store(order, for: call.idempotency, at: now, in: tx)
            return Outcome(order)
        }
    }
}
