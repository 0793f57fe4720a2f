import Commerce
import EventLog
import OrderContract
import SQL
import ServiceKit

/// Marks an order as sent. One transaction: nothing outside is touched.
struct Fulfilment: Sendable {
    let shop: Workshop

    func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> {
        let context = CallContext.current
        if let tracking, tracking.unicodeScalars.count > 200 {
            throw ServiceError.invalid("tracking", code: "too_long", "must have at most 200 characters")
        }
        let now = shop.clock.now()
        return try await shop.database.write { tx in
            // Locked before the stored answer is looked for: of two requests with one key the second then finds it.
            let stored = try OrderStore.lockedOrder(id, in: tx)
            if let order = try Responses.order(for: context.idempotency, in: tx) {
                return Outcome(order, replayed: true)
            }
            try OrderRules.requireFulfillable(stored, checkout: CheckoutStore.record(id, in: tx)?.step)
            _ = try OrderStore.setStatus(.fulfilled, from: [.confirmed], of: id, tracking: tracking, at: now, in: tx)
            let order = try OrderStore.lockedOrder(id, in: tx).order
            try OrderEvents.fulfilled(order, actor: context.principal.name, at: now, in: tx)
            try Idempotency.store(Responses.text(order), for: context.idempotency, at: now, in: tx)
            return Outcome(order)
        }
    }
}
