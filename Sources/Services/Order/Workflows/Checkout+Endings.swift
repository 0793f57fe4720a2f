import Calls
import CartContract
import Commerce
import FoundationEssentials
import Logging
import OfferContract
import OrderContract
import ProductContract
import SQL

/// What follows the confirmation, and what undoes an attempt that does not reach it.
extension Checkout {
    /// - Returns: `failed` when the money can never be taken; the order then stands, with its payment failed.
    mutating func capturePayment() async throws -> CheckoutSaga.Outcome {
        if request == nil, try await currentOrder().status == .cancelled { return .succeeded }
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

    private mutating func recordCapture(failed: Bool) async throws {
        let now = shop.clock.now()
        let key = request?.key
        let updated = try await shop.database.write { [orderID, lease, actor, providerName] tx in
            try CheckoutStore.advance(orderID, to: .captured, lease: lease, at: now, in: tx)
            let moved =
                failed
                ? try OrderStore.markPaymentFailed(orderID, at: now, in: tx)
                : try OrderStore.markCaptured(orderID, at: now, in: tx)
            guard moved, let stored = try OrderStore.order(orderID, in: tx) else { return Order?.none }
            try Responses.replace(stored.order, caller: key?.caller, key: key?.key, in: tx)
            try OrderEvents.paymentChanged(
                failed ? .failed : .captured, of: orderID, amount: stored.order.totals.total, provider: providerName,
                reference: stored.reference, actor: actor, at: now, in: tx)
            return stored.order
        }
        if let updated { order = updated }
    }

    /// A cancellation may come at any time. It is recorded before it returns stock, so whoever looks after the commit
    /// and finds none can count on it to see the sale.
    func commitStock() async throws {
        if request == nil, try await currentOrder().status == .cancelled { return try await giveStockBack() }
        do {
            try await shop.callAsService { [shop, orderID] in try await shop.products.commitReservation(for: orderID) }
        } catch let error as ServiceError where error.code == "reservation_expired" {
            guard try await currentOrder().status == .cancelled else {
                shop.logger.error("A paid order's stock has been sold", metadata: ["order.id": "\(orderID)"])
                throw error
            }
        }
        if try await currentOrder().status == .cancelled { try await giveStockBack() }
    }

    private func giveStockBack() async throws {
        try await shop.callAsService { [shop, orderID] in
            try await shop.products.releaseReservation(for: orderID)
            try await shop.products.restock(order: orderID)
        }
    }

    private func currentOrder() async throws -> Order {
        let stored = try await shop.database.read { [orderID] tx in try OrderStore.order(orderID, in: tx) }
        guard let stored else { throw CheckoutDefect.incomplete }
        return stored.order
    }

    func finish() async throws {
        let now = shop.clock.now()
        try await shop.database.write { [orderID, lease] tx in
            try CheckoutStore.end(orderID, failed: false, lease: lease, at: now, in: tx)
        }
    }

    /// Lets go of money that may be held, and makes sure that none will be: even a key the provider has never heard
    /// of is voided, because the authorisation may still be on its way.
    mutating func voidPayment() async throws {
        let provider = try shop.provider(providerName)
        let key = orderID.rawValue
        let known = try await shop.pay { try await provider.status(of: key) }
        if let known, known.state != .authorised {
            payment = known
            voided = known.state == .voided && known.amount.amount > 0
            return
        }
        let result = try await shop.pay { try await provider.void(key) }
        voided = result.state == .voided && result.amount.amount > 0
        payment = result
    }

    /// The end of an attempt that came to nothing: recorded, told, and the caller's key given free.
    func fail() async throws {
        let now = shop.clock.now()
        let reason = failure?.code ?? "checkout_interrupted"
        try await shop.database.write { [orderID, lease, actor, providerName, payment, voided] tx in
            try CheckoutStore.end(orderID, failed: true, lease: lease, at: now, in: tx)
            guard let payment else { return }
            var status: Order.PaymentStatus?
            if case .refused = payment.state { status = .failed }
            if voided { status = .voided }
            guard let status else { return }
            try OrderEvents.paymentChanged(
                status, of: orderID, amount: payment.amount, provider: providerName, reference: payment.reference,
                reason: reason, actor: actor, at: now, in: tx)
        }
    }
}
