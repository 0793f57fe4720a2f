import CartContract
import Commerce
import Logging
import OfferContract
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// What follows the confirmation, and what undoes an attempt that does not reach it.
extension Checkout {
    /// A cancellation may come at any time. It is recorded before it returns stock, so whoever looks after the commit
    /// and finds none can count on it to see the sale.
    mutating func commitStock() async throws {
        if request == nil, try await !takesStock() { return try await shop.returnStock(of: orderID) }
        do {
            try await shop.callAsService { [shop, orderID] in try await shop.products.commitReservation(for: orderID) }
        } catch let error as ServiceError where error.code == "reservation_expired" || error.kind == .notFound {
            return try await cancelWithoutStock()
        }
        if try await !takesStock() { try await shop.returnStock(of: orderID) }
    }

    /// The reservation ran out and somebody else has the stock. The order stands already, so it is cancelled, unless that
    /// is why the reservation is gone.
    private mutating func cancelWithoutStock() async throws {
        let now = shop.clock.now()
        order = try await shop.database.write { [shop, orderID, lease, key] tx in
            try CheckoutStore.advance(orderID, to: .confirmed, lease: lease, at: now, in: tx)
            let known = try OrderStore.lockedOrder(orderID, in: tx).order
            guard OrderRules.mayBecome(.cancelled, from: known.status) else { return known }
            shop.logger.error("An order is cancelled: its stock has been sold", metadata: ["order.id": "\(orderID)"])
            try Cancellation.record(orderID, actor: Self.system, lease: .none, at: now, in: tx)
            let order = try OrderStore.lockedOrder(orderID, in: tx).order
            try Responses.replace(order, caller: key?.caller, key: key?.key, in: tx)
            return order
        }
    }

    /// - Returns: `failed` when the money can never be taken; the order is cancelled then.
    mutating func capturePayment() async throws -> CheckoutSaga.Outcome {
        // Whoever cancelled lets go of the money.
        let status = try await request == nil ? currentOrder().status : order?.status
        if status == .cancelled { return .succeeded }
        let provider = try shop.provider(providerName)
        let key = orderID.rawValue
        do {
            payment = try await shop.pay { try await provider.capture(key) }
        } catch let refusal as PaymentError {
            try await recordCapture(failed: true)
            throw refusal
        }
        try await recordCapture(failed: false)
        return .succeeded
    }

    /// A capture that was refused cancels the order, so that stock and coupons come back and the customer hears of it.
    private mutating func recordCapture(failed: Bool) async throws {
        let now = shop.clock.now()
        let updated = try await shop.database.write { [orderID, lease, actor, providerName, key] tx in
            try CheckoutStore.advance(orderID, to: .captured, lease: lease, at: now, in: tx)
            let moved =
                failed
                ? try OrderStore.markPaymentFailed(orderID, at: now, in: tx)
                : try OrderStore.markCaptured(orderID, at: now, in: tx)
            guard moved else { return Order?.none }
            if failed { try Cancellation.record(orderID, actor: Self.system, lease: .none, at: now, in: tx) }
            let stored = try OrderStore.lockedOrder(orderID, in: tx)
            try Responses.replace(stored.order, caller: key?.caller, key: key?.key, in: tx)
            try OrderEvents.paymentChanged(
                failed ? .failed : .captured, of: orderID, amount: stored.order.totals.total, provider: providerName,
                reference: stored.reference, actor: actor, at: now, in: tx)
            return stored.order
        }
        if let updated { order = updated }
    }

    /// Who cancels what nobody asked to be cancelled.
    private static let system = Principal.system("order-service").name

    private func takesStock() async throws -> Bool { OrderRules.takesStock(try await currentOrder().status) }

    private func currentOrder() async throws -> Order {
        let stored = try await shop.database.read { [orderID] tx in try OrderStore.order(orderID, in: tx) }
        guard let stored else { throw CheckoutDefect.incomplete }
        return stored.order
    }

    func finish() async throws {
        let now = shop.clock.now()
        try await shop.database.write { [orderID, lease] tx in
            try CheckoutStore.complete(orderID, lease: lease, at: now, in: tx)
        }
    }

    /// Lets go of money that may be held, and makes sure that none will be. What was taken already goes back.
    mutating func voidPayment() async throws {
        let provider = try shop.provider(providerName)
        let found = try await shop.letGo(of: orderID, at: provider)
        payment = found
        guard found.state == .captured else { return }
        let key = orderID.rawValue
        let taken = Money(found.captured, found.amount.currency)
        _ = try await shop.pay { try await provider.refund(key, amount: taken, refundKey: key + ":undo") }
    }

    /// The end of an attempt that came to nothing: the caller's key is given free. Money that had moved is published.
    /// A refused payment moved none: it is counted, and no event of it is kept for ever.
    func fail() async throws {
        let now = shop.clock.now()
        let reason = failure?.code ?? "checkout_interrupted"
        let refusal: PaymentRefusal? = if case .refused(let refusal) = payment?.state { refusal } else { nil }
        try await shop.database.write { [orderID, lease, actor, providerName, payment] tx in
            try CheckoutStore.fail(orderID, refusal: refusal, lease: lease, at: now, in: tx)
            guard let payment, let status = Self.ending(of: payment) else { return }
            try OrderEvents.paymentChanged(
                status, of: orderID, amount: payment.amount, provider: providerName, reference: payment.reference,
                reason: reason, actor: actor, at: now, in: tx)
        }
        if let refusal { shop.refusals.count(refusal) }
    }

    /// What is told of a payment whose attempt has been undone; nil when there was no money in it.
    private static func ending(of payment: Payment) -> Order.PaymentStatus? {
        switch payment.state {
        case .voided: payment.amount.isZero ? nil : .voided
        case .captured: .refunded
        case .authorised, .refused: nil
        }
    }
}
