import Commerce
import Logging
import OrderContract
import SQL
import ServiceKit

/// Turns a cart into an order: for each key one attempt at a time, and one order at most.
struct PlaceOrder: Sendable {
    let context: OrderContext

    private enum Start: Sendable {
        case begun
        case replay(Order)
        /// An attempt with this key was interrupted and has to be undone first.
        case takenOver(CheckoutRecord)
    }

    func run(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        let call = CallContext.current
        guard let key = call.idempotency else { throw ServiceError.idempotencyKeyRequired }
        let network = try await context.digests.network(call.clientNetwork)
        for _ in 0..<3 {
            let now = context.clock.now()
            let id = OrderID(at: now)
            let lease = context.newLease()
            try context.faults.reach("checkout.start.before")
            let start = try await start(id, cart, payment.provider, network, key, call, lease, at: now)
            try context.faults.reach("checkout.start.after")
            switch start {
            case .replay(let order): return Outcome(try await withToken(order), replayed: true)
            case .takenOver(let record):
                do {
                    try await Checkout.resume(record, lease, context)
                } catch is LeaseLost {
                    throw ServiceError.idempotencyInFlight
                }
            case .begun:
                var checkout = Checkout(
                    context: context, lease: lease, orderID: id, cartID: cart, providerName: payment.provider,
                    actor: call.principal.name,
                    key: key, request: .init(token: payment.token, customer: call.principal.customerID))
                return Outcome(try await withToken(order(of: &checkout)))
            }
        }
        throw ServiceError.idempotencyInFlight
    }

    private func order(of checkout: inout Checkout) async throws -> Order {
        do {
            try await checkout.run(from: .lockCart)
        } catch is LeaseLost where checkout.order != nil {
            // The order is confirmed. The new owner of the lease finishes the checkout.
        } catch is LeaseLost {
            throw checkout.failure ?? .unavailable("The checkout")
        }
        guard let order = checkout.order else { throw checkout.failure ?? .unavailable("The checkout") }
        return order
    }

    private func start(
        _ id: OrderID, _ cart: CartID, _ provider: String, _ network: String, _ key: IdempotencyKey,
        _ call: CallContext, _ lease: Lease, at now: Instant
    ) async throws -> Start {
        try await context.database.write { tx in
            if let record = try CheckoutStore.record(for: key, in: tx) {
                guard record.requestHash == key.requestHash else { throw ServiceError.idempotencyKeyReused }
                if record.isRunning {
                    guard record.leaseUntil <= now else { throw ServiceError.idempotencyInFlight }
                    if !record.step.isConfirmed {
                        guard let claimed = try CheckoutStore.claim(record.orderID, lease: lease, at: now, in: tx)
                        else {
                            throw ServiceError.idempotencyInFlight
                        }
                        return .takenOver(claimed)
                    }
                }
                if let order = try ResponseStore.order(for: key, in: tx) { return .replay(order) }
                if let stored = try OrderStore.order(record.orderID, in: tx) { return .replay(stored.order) }
            }
            if let order = try ResponseStore.order(for: key, in: tx) { return .replay(order) }
            // These checks apply only to a new payment, never to an attempt that may have charged.
            try context.requireOffered(provider)
            if let limits = context.settings.paymentLimits {
                try CheckoutStore.requireAllowance(limits, cart: cart, network: network, at: now, in: tx)
            }
            let begun = try CheckoutStore.insert(
                id, cart: cart, network: network, provider: provider, key: key, principal: call.principal.name,
                traceparent: call.trace.traceparent, lease: lease, at: now, in: tx)
            guard begun else { throw ServiceError.idempotencyInFlight }
            return .begun
        }
    }

    private func withToken(_ order: Order) async throws -> Order {
        guard order.customerID == nil else { return order }
        var order = order
        order.guestToken = try await context.digests.guestToken(for: order.id)
        return order
    }
}
