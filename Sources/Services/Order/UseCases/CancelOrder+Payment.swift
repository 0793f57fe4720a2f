import Commerce
import Logging
import OfferContract
import OrderContract
import SQL
import ServiceKit

/// What became of a cancelled order's payment.
enum CancelledPayment: Sendable {
    /// Never taken: voided, or refused from the start.
    case released(Order.PaymentStatus)
    /// Given back by the cancellation itself.
    case refunded(Money)
    /// Refunds had given all of it back before.
    case settled
    /// The provider will not give it back: that needs a person, who may ask for another refund.
    case refused
}

extension Cancellation {
    /// Voids what is only authorised and refunds what was captured. The provider's books decide which, because a
    /// capture may be under way at the same time.
    func returnMoney(_ task: OrderTask) async throws -> CancelledPayment {
        let stored = try await shop.database.read { tx in try OrderStore.order(task.orderID, in: tx) }
        guard let stored else { throw ServiceError.notFound("order") }
        guard let name = stored.provider else { return .released(.voided) }
        let provider = try shop.provider(name)
        try shop.faults.reach("cancel.void.before")
        let payment = try await shop.letGo(of: task.orderID, at: provider)
        try shop.faults.reach("cancel.void.after")
        switch payment.state {
        case .voided: return .released(.voided)
        case .refused: return .released(.failed)
        case .captured: return try await refund(task, provider, captured: payment.captured)
        case .authorised: throw ServiceError.unavailable("The payment provider")
        }
    }

    private func refund(
        _ task: OrderTask, _ provider: any PaymentProvider, captured: Int64
    ) async throws -> CancelledPayment {
        try shop.faults.reach("cancel.refundRecord.before")
        let recorded = try await recordRefund(task, captured: captured)
        try shop.faults.reach("cancel.refundRecord.after")
        guard let amount = recorded else { return .settled }
        try shop.faults.reach("cancel.refund.before")
        do {
            let key = task.orderID.rawValue
            _ = try await shop.pay {
                try await provider.refund(key, amount: amount, refundKey: task.refundID.rawValue)
            }
        } catch let refusal as PaymentError {
            shop.logger.error(
                "A cancelled order's money could not be given back",
                metadata: ["order.id": "\(task.orderID)", "error": "\(refusal)"])
            return .refused
        }
        try shop.faults.reach("cancel.refund.after")
        return .refunded(amount)
    }

    /// - Returns: What is left to give back; nil when nothing is.
    private func recordRefund(_ task: OrderTask, captured: Int64) async throws -> Money? {
        let now = shop.clock.now()
        return try await shop.database.write { tx in
            let stored = try OrderStore.lockedOrder(task.orderID, in: tx)
            let currency = stored.order.totals.total.currency
            if let known = try RefundStore.record(task.refundID, in: tx) { return Money(known.amount, currency) }
            guard try RefundStore.pending(of: task.orderID, except: task.refundID, in: tx) == 0 else {
                throw ServiceError.unavailable("A refund of this order")  // It decides how much is left.
            }
            try tx.execute("UPDATE orders SET captured = \(captured) WHERE id = \(task.orderID) AND captured = 0")
            let left = captured - stored.refunding
            guard left > 0 else { return nil }
            let refund = RefundStore.Record(
                id: task.refundID, orderID: task.orderID, amount: left, reason: "cancelled", state: "pending")
            try RefundStore.insert(refund, actor: task.actor, at: now, in: tx)
            return Money(left, currency)
        }
    }
}
