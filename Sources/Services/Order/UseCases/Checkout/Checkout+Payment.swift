import Commerce
import OfferContract
import OrderContract
import SQL
import ServiceKit

/// The actions on the payment of a checkout: what its provider says decides how the attempt goes on.
extension Checkout {
    mutating func authorisePayment() async throws -> CheckoutSaga.Outcome {
        guard let draft, let request else { throw CheckoutError.incomplete }
        let authorisation = AuthorisationRequest(
            orderID: orderID, amount: draft.order.totals.total, token: request.token, idempotencyKey: orderID.rawValue)
        let provider = try context.provider(providerName)
        let payment = try await context.pay(.authorise, at: provider) { try await provider.authorise(authorisation) }
        return outcome(of: payment)
    }

    /// After a timeout the provider's record decides.
    mutating func askPayment() async throws -> CheckoutSaga.Outcome {
        let provider = try context.provider(providerName)
        let key = orderID.rawValue
        guard let payment = try await context.pay(at: provider, { try await provider.status(of: key) }) else {
            return .unknown
        }
        failure = nil
        return outcome(of: payment)
    }

    private mutating func outcome(of payment: Payment) -> CheckoutSaga.Outcome {
        self.payment = payment
        switch payment.state {
        case .authorised, .captured:
            context.counters.count(.authorise, .succeeded, at: providerName)
            return .succeeded
        case .voided:
            context.counters.count(.authorise, .failed, at: providerName)
            failure = ServiceError(.declined)
        case .refused(let refusal):
            context.counters.count(.authorise, .declined, at: providerName)
            failure = ServiceError(refusal)
        }
        return .failed
    }

    /// Captures the payment. Throws `PaymentError` after a refusal, which cancels the order.
    mutating func capturePayment() async throws -> CheckoutSaga.Outcome {
        // The cancellation voids the payment.
        let status = try await request == nil ? currentOrder().status : order?.status
        if status == .cancelled { return .succeeded }
        let provider = try context.provider(providerName)
        let key = orderID.rawValue
        do {
            payment = try await context.pay(.capture, at: provider) { try await provider.capture(key) }
        } catch let refusal as PaymentError {
            try await recordCapture(failed: true)
            throw refusal
        }
        try await recordCapture(failed: false)
        return .succeeded
    }

    /// A refused capture cancels the order, so that stock and coupons are returned and the customer is notified.
    private mutating func recordCapture(failed: Bool) async throws {
        let now = context.clock.now()
        let updated = try await context.database.write { [orderID, lease, actor, providerName, key] tx in
            try CheckoutStore.advance(orderID, to: .captured, lease: lease, at: now, in: tx)
            let moved =
                failed
                ? try OrderStore.markPaymentFailed(orderID, at: now, in: tx)
                : try OrderStore.markCaptured(orderID, at: now, in: tx)
            guard moved else { return Order?.none }
            if failed { try CancelOrder.record(orderID, actor: Self.system, lease: .none, at: now, in: tx) }
            let stored = try OrderStore.lockedOrder(orderID, in: tx)
            try ResponseStore.replace(stored.order, caller: key?.caller, key: key?.key, in: tx)
            try OrderEvents.paymentChanged(
                failed ? .failed : .captured, of: orderID, amount: stored.order.totals.total, provider: providerName,
                reference: stored.reference, actor: actor, at: now, in: tx)
            return stored.order
        }
        guard let updated else { return }
        order = updated
        context.counters.count(.capture, failed ? .failed : .succeeded, at: providerName)
    }

    /// Voids the payment, even before its authorisation arrives. A captured amount is refunded.
    mutating func voidPayment() async throws {
        let provider = try context.provider(providerName)
        let found = try await context.void(orderID, at: provider)
        payment = found
        guard found.state == .captured else { return }
        let key = orderID.rawValue
        let captured = Money(found.captured, found.amount.currency)
        _ = try await context.pay(.refund, at: provider) {
            try await provider.refund(key, amount: captured, refundKey: key + ":undo")
        }
        context.counters.count(.refund, .succeeded, at: providerName)
    }
}
