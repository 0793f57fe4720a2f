import Commerce
import Logging
import OrderContract
import SQL
import ServiceKit

/// `Orders.place`: one attempt for each key at a time, one order for each key ever.
struct Placing: Sendable {
    let shop: Workshop

    private enum Start: Sendable {
        case begun
        case replay(Order)
        /// An attempt with this key died; it has to be undone first.
        case takenOver(CheckoutRecord)
    }

    func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        let context = CallContext.current
        guard let key = context.idempotency else { throw ServiceError.idempotencyKeyRequired }
        let network = try await shop.guests.digest(ofNetwork: context.clientNetwork)
        for _ in 0..<3 {
            let now = shop.clock.now()
            let id = OrderID(at: now)
            let lease = shop.lease()
            try shop.faults.reach("checkout.start.before")
            let start = try await start(id, cart, payment.provider, network, key, context, lease, at: now)
            try shop.faults.reach("checkout.start.after")
            switch start {
            case .replay(let order): return Outcome(try await withToken(order), replayed: true)
            case .takenOver(let record):
                do {
                    try await resume(record, lease)
                } catch is LeaseLost {
                    throw ServiceError.idempotencyInFlight
                }
            case .begun:
                var checkout = Checkout(
                    shop: shop, lease: lease, orderID: id, cartID: cart, providerName: payment.provider,
                    actor: context.principal.name,
                    key: key, request: .init(token: payment.token, customer: context.principal.customerID))
                return Outcome(try await withToken(run(&checkout)))
            }
        }
        throw ServiceError.idempotencyInFlight
    }

    private func run(_ checkout: inout Checkout) async throws -> Order {
        do {
            try await checkout.run(from: .freezeCart)
        } catch is LeaseLost where checkout.order != nil {
            // The order stands; somebody else finishes what follows it.
        } catch is LeaseLost {
            throw checkout.failure ?? .unavailable("The checkout")
        }
        guard let order = checkout.order else { throw checkout.failure ?? .unavailable("The checkout") }
        return order
    }

    private func start(
        _ id: OrderID, _ cart: CartID, _ provider: String, _ network: String, _ key: IdempotencyKey,
        _ context: CallContext, _ lease: Lease, at now: Instant
    ) async throws -> Start {
        try await shop.database.write { tx in
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
                if let order = try Responses.order(for: key, in: tx) { return .replay(order) }
                if let stored = try OrderStore.order(record.orderID, in: tx) { return .replay(stored.order) }
            }
            if let order = try Responses.order(for: key, in: tx) { return .replay(order) }
            // Only a new payment is refused or has to wait, never one that may have been taken.
            try shop.requireOffered(provider)
            if let limits = shop.settings.paymentLimits {
                try CheckoutStore.requireAllowance(limits, cart: cart, network: network, at: now, in: tx)
            }
            let begun = try CheckoutStore.insert(
                id, cart: cart, network: network, provider: provider, key: key, principal: context.principal.name,
                traceparent: context.trace.traceparent, lease: lease, at: now, in: tx)
            guard begun else { throw ServiceError.idempotencyInFlight }
            return .begun
        }
    }

    /// Finishes or undoes an attempt that somebody left behind; the lease on it is ours.
    func resume(_ record: CheckoutRecord, _ lease: Lease) async throws {
        var context = CallContext(principal: .system("order-reconciler"))
        if let trace = TraceContext(traceparent: record.traceparent) { context.trace = trace.child() }
        var checkout = Checkout(
            shop: shop, lease: lease, orderID: record.orderID, cartID: record.cartID, providerName: record.provider,
            actor: record.principal, key: record.key, request: nil, attempts: record.attempts)
        checkout.isFree = record.isFree
        if record.step.isConfirmed {
            checkout.order = try await shop.database.read { tx in try OrderStore.order(record.orderID, in: tx)?.order }
        }
        try await context.run { [checkout] in
            var checkout = checkout
            try await checkout.run(from: CheckoutSaga.resume(from: record.step, free: record.isFree))
        }
    }

    private func withToken(_ order: Order) async throws -> Order {
        guard order.customerID == nil else { return order }
        var order = order
        order.guestToken = try await shop.guests.token(for: order.id)
        return order
    }
}
