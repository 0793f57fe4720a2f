import Commerce
import Logging
import OfferContract
import OrderContract
import SQL
import ServiceKit

/// Refunds an order. The refund is recorded and its amount reserved first; then the provider is called with the
/// refund's id as the key.
struct RefundOrder: Sendable {
    let context: OrderContext

    private enum Start: Sendable {
        case replay(Order)
        case recorded(OrderTask)
    }

    /// The caller has been authorised.
    func run(
        _ id: OrderID, amount: Int64?, currency: Currency?, reason: String
    ) async throws -> Outcome<Order> {
        let call = CallContext.current
        guard let key = call.idempotency else { throw ServiceError.idempotencyKeyRequired }
        try OrderRules.requireRefundReason(reason)
        let lease = context.newLease()
        try context.faults.reach("refund.record.before")
        let start = try await record(id, amount: amount, currency, reason: reason, key, call, lease)
        try context.faults.reach("refund.record.after")
        switch start {
        case .replay(let order): return Outcome(order, replayed: true)
        case .recorded(let task):
            do {
                return Outcome(try await perform(task, lease))
            } catch let crash as SimulatedCrash {
                throw crash
            } catch let error as ServiceError where error.has(OrderErrorCode.refundRefused) {
                throw error
            } catch {
                // The refund is recorded. The reconciler performs it, and the same key then returns the order.
                await context.postpone(task, lease, error)
                throw ServiceError.unavailable("The payment provider")
            }
        }
    }

    private func record(
        _ id: OrderID, amount: Int64?, _ currency: Currency?, reason: String, _ key: IdempotencyKey,
        _ call: CallContext, _ lease: Lease
    ) async throws -> Start {
        let now = context.clock.now()
        return try await context.database.write { tx in
            // The row is locked before the stored response is read, so that the second of two requests with one key
            // finds it.
            let stored = try OrderStore.lockedOrder(id, in: tx)
            try OrderRules.requireRefundCurrency(currency, of: stored.order)
            if let order = try ResponseStore.order(for: key, in: tx) { return .replay(order) }
            if let known = try RefundStore.record(for: key, in: tx) {
                if known.state == .done { return .replay(stored.order) }
                guard let task = try TaskStore.claim(known.id.rawValue, lease: lease, at: now, in: tx) else {
                    throw ServiceError.idempotencyInFlight
                }
                return .recorded(task)
            }
            let amount = try OrderRules.refundAmount(
                wanted: amount, captured: stored.captured, refunded: stored.refunding, stored.order.status,
                stored.order.paymentStatus)
            let refund = RefundRecord(
                id: RefundID(at: now), orderID: id, amount: amount, reason: reason, state: .pending, key: key)
            try RefundStore.insert(refund, actor: call.principal.name, at: now, in: tx)
            let task = OrderTask(
                id: refund.id.rawValue, orderID: id, kind: .refund, refundID: refund.id,
                actor: call.principal.name, traceparent: call.trace.traceparent, caller: key.caller, key: key.key)
            try TaskStore.insert(task, lease: lease, at: now, in: tx)
            return .recorded(task)
        }
    }

    /// Calls the provider and records the result. Stock that will not be shipped is returned. May be repeated.
    func perform(_ task: OrderTask, _ lease: Lease) async throws -> Order {
        let (stored, refund) = try await context.database.read { tx in
            (try OrderStore.order(task.orderID, in: tx), try RefundStore.record(task.refundID, in: tx))
        }
        guard let stored, let refund else { throw CheckoutError.incomplete }
        if refund.state == .done {
            try await returnStock(task, lease)
            return stored.order
        }
        let (order, isUnshipped) = try await refundPayment(refund, of: stored, task, lease)
        guard isUnshipped else { return order }
        do {
            try await returnStock(task, lease)
        } catch let crash as SimulatedCrash {
            throw crash
        } catch {
            await context.postpone(task, lease, error)  // The caller's refund is done.
        }
        return order
    }

    /// Returns the stock of a wholly refunded order and ends the task.
    private func returnStock(_ task: OrderTask, _ lease: Lease) async throws {
        try context.faults.reach("refund.stock.before")
        try await context.returnStock(of: task.orderID)
        try context.faults.reach("refund.stock.after")
        try await context.database.write { tx in try TaskStore.finish(task.id, lease: lease, in: tx) }
    }

    private func refundPayment(
        _ refund: RefundRecord, of stored: StoredOrder, _ task: OrderTask, _ lease: Lease
    ) async throws -> (order: Order, isUnshipped: Bool) {
        guard let name = stored.provider else { throw CheckoutError.incomplete }
        let provider = try context.provider(name)
        let amount = Money(refund.amount, stored.order.totals.total.currency)
        try context.faults.reach("refund.payment.before")
        do {
            _ = try await context.pay(.refund, at: provider) {
                try await provider.refund(task.orderID.rawValue, amount: amount, refundKey: refund.id.rawValue)
            }
        } catch let refusal as PaymentError {
            context.logger.error(
                "The payment provider refused a refund",
                metadata: ["order.id": "\(task.orderID)", "error": "\(refusal)"])
            try await fail(task, refund, lease)
            context.counters.count(.refund, .failed, at: name)
            context.counters.count(.refundOrder, .refused)
            throw ServiceError.refundRefused
        }
        try context.faults.reach("refund.payment.after")
        try context.faults.reach("refund.finish.before")
        let result = try await finish(task, refund, amount, lease)
        context.counters.count(.refund, .succeeded, at: name)
        context.counters.count(.refundOrder, .done)
        try context.faults.reach("refund.finish.after")
        return result
    }

    /// - Returns: The order, and whether it was wholly refunded before it was shipped: then the task continues.
    private func finish(
        _ task: OrderTask, _ refund: RefundRecord, _ amount: Money, _ lease: Lease
    ) async throws -> (order: Order, isUnshipped: Bool) {
        let now = context.clock.now()
        return try await context.database.write { tx in
            let stored = try OrderStore.lockedOrder(task.orderID, in: tx)
            try RefundStore.finish(refund.id, in: tx)
            let others = try RefundStore.pending(of: task.orderID, except: refund.id, in: tx)
            var isUnshipped = false
            if others == 0, stored.refunding == stored.captured {
                // A cancelled order stays cancelled. Its cancellation returns stock and coupon uses.
                isUnshipped = stored.order.status == .confirmed
                _ = try OrderStore.setStatus(
                    .refunded, from: [.confirmed, .fulfilled], of: task.orderID, at: now, in: tx)
                if isUnshipped { try CouponStore.restore(task.orderID, in: tx) }
                try OrderStore.setPayment(.refunded, of: task.orderID, at: now, in: tx)
            }
            try OrderEvents.paymentChanged(
                .refunded, of: task.orderID, amount: amount, provider: stored.provider ?? "",
                reference: stored.reference, reason: "refund", actor: task.actor, at: now, in: tx)
            try isUnshipped
                ? TaskStore.renew(task.id, lease: lease, at: now, in: tx)
                : TaskStore.finish(task.id, lease: lease, in: tx)
            let order = try OrderStore.lockedOrder(task.orderID, in: tx).order
            try ResponseStore.store(order, for: refund.key, at: now, in: tx)
            return (order, isUnshipped)
        }
    }

    private func fail(_ task: OrderTask, _ refund: RefundRecord, _ lease: Lease) async throws {
        let now = context.clock.now()
        try await context.database.write { tx in
            try RefundStore.fail(refund, at: now, in: tx)
            try TaskStore.finish(task.id, lease: lease, in: tx)
        }
    }
}
