import Commerce
import Logging
import OfferContract
import OrderContract
import SQL
import ServiceKit

extension CancelOrder {
    /// Voids an authorised payment and refunds a captured one. The provider's record decides which, because a capture
    /// may run concurrently.
    func returnPayment(_ task: OrderTask) async throws -> CancelledPayment {
        let stored = try await context.database.read { tx in try OrderStore.order(task.orderID, in: tx) }
        guard let stored else { throw ServiceError.orderNotFound }
        guard let name = stored.provider else { return .released(.voided) }
        let provider = try context.provider(name)
        try context.faults.reach("cancel.void.before")
        let payment = try await context.void(task.orderID, at: provider)
        try context.faults.reach("cancel.void.after")
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
        try context.faults.reach("cancel.refundRecord.before")
        let recorded = try await recordRefund(task, captured: captured)
        try context.faults.reach("cancel.refundRecord.after")
        guard let amount = recorded else { return .settled }
        try context.faults.reach("cancel.refund.before")
        do {
            let key = task.orderID.rawValue
            _ = try await context.pay(.refund, at: provider) {
                try await provider.refund(key, amount: amount, refundKey: task.refundID.rawValue)
            }
        } catch let refusal as PaymentError {
            context.logger.error(
                "The payment provider refused the refund of a cancelled order",
                metadata: ["order.id": "\(task.orderID)", "error": "\(refusal)"])
            return .refused
        }
        try context.faults.reach("cancel.refund.after")
        return .refunded(amount)
    }

    /// - Returns: The amount that remains to be refunded; nil when there is none.
    private func recordRefund(_ task: OrderTask, captured: Int64) async throws -> Money? {
        let now = context.clock.now()
        return try await context.database.write { tx in
            let stored = try OrderStore.lockedOrder(task.orderID, in: tx)
            let currency = stored.order.totals.total.currency
            if let known = try RefundStore.record(task.refundID, in: tx) { return Money(known.amount, currency) }
            guard try RefundStore.pending(of: task.orderID, except: task.refundID, in: tx) == 0 else {
                throw ServiceError.unavailable("A refund of this order")  // It decides how much remains.
            }
            try OrderStore.recordCaptured(captured, of: task.orderID, in: tx)
            let left = captured - stored.refunding
            guard left > 0 else { return nil }
            let refund = RefundRecord(
                id: task.refundID, orderID: task.orderID, amount: left, reason: "cancelled", state: .pending)
            try RefundStore.insert(refund, actor: task.actor, at: now, in: tx)
            return Money(left, currency)
        }
    }
}
