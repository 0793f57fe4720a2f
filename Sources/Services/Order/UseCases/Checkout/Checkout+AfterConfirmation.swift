import CartContract
import Commerce
import Logging
import OfferContract
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// The actions after the confirmation, and the end of an attempt that does not reach it, without those on the payment.
extension Checkout {
    /// Commits the reservation. A cancellation may run concurrently. It is recorded before it returns stock, so when
    /// none is found after the commit, a later one will find the committed stock.
    mutating func commitStock() async throws {
        if request == nil, try await !takesStock() { return try await context.returnStock(of: orderID) }
        do {
            try await context.callAsService { [context, orderID] in
                try await context.products.commitReservation(for: orderID)
            }
        } catch let error as ServiceError
            where error.has(ProductErrorCode.reservationExpired) || error.kind == .notFound
        {
            return try await cancelWithoutStock()
        }
        if try await !takesStock() { try await context.returnStock(of: orderID) }
    }

    /// The reservation expired. The order is already confirmed, so it is cancelled, unless its cancellation has
    /// released the reservation.
    private mutating func cancelWithoutStock() async throws {
        let now = context.clock.now()
        order = try await context.database.write { [context, orderID, lease, key] tx in
            try CheckoutStore.advance(orderID, to: .confirmed, lease: lease, at: now, in: tx)
            let known = try OrderStore.lockedOrder(orderID, in: tx).order
            guard OrderRules.mayBecome(.cancelled, from: known.status) else { return known }
            context.logger.error(
                "An order is cancelled because its reservation expired", metadata: ["order.id": "\(orderID)"])
            try CancelOrder.record(orderID, actor: Self.system, lease: .none, at: now, in: tx)
            let order = try OrderStore.lockedOrder(orderID, in: tx).order
            try ResponseStore.replace(order, caller: key?.caller, key: key?.key, in: tx)
            return order
        }
    }

    /// The actor of cancellations that no caller requested.
    static let system = Principal.system("order-service").name

    private func takesStock() async throws -> Bool { OrderRules.takesStock(try await currentOrder().status) }

    func currentOrder() async throws -> Order {
        let stored = try await context.database.read { [orderID] tx in try OrderStore.order(orderID, in: tx) }
        guard let stored else { throw CheckoutError.incomplete }
        return stored.order
    }

    func finish() async throws {
        let now = context.clock.now()
        try await context.database.write { [orderID, lease] tx in
            try CheckoutStore.complete(orderID, lease: lease, at: now, in: tx)
        }
    }

    /// Ends a failed attempt and releases the caller's key. A voided or refunded payment is published. A refused
    /// payment is only counted and leaves no event.
    func fail() async throws {
        let now = context.clock.now()
        let reason = failure?.code ?? "checkout_interrupted"
        let refusal: PaymentRefusal? = if case .refused(let refusal) = payment?.state { refusal } else { nil }
        try await context.database.write { [orderID, lease, actor, providerName, payment] tx in
            try CheckoutStore.fail(orderID, refusal: refusal, lease: lease, at: now, in: tx)
            guard let payment, let status = Self.ending(of: payment) else { return }
            try OrderEvents.paymentChanged(
                status, of: orderID, amount: payment.amount, provider: providerName, reference: payment.reference,
                reason: reason, actor: actor, at: now, in: tx)
        }
        if let refusal { context.counters.count(refusal) }
    }

    /// The published status of a payment whose attempt has been undone; nil when no money was authorised.
    private static func ending(of payment: Payment) -> Order.PaymentStatus? {
        switch payment.state {
        case .voided: payment.amount.isZero ? nil : .voided
        case .captured: .refunded
        case .authorised, .refused: nil
        }
    }
}
