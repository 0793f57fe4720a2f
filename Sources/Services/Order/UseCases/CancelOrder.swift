import Commerce
import EventLog
import Logging
import OfferContract
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// Cancels an order: recorded first, then stock and money go back, by this call or by the reconciler.
struct Cancellation: Sendable {
    let shop: Workshop

    private enum Start: Sendable {
        case replay(Order)
        case already(Order)
        case recorded(OrderTask, Order)
    }

    /// The caller's right to do this has been checked.
    func cancel(_ id: OrderID) async throws -> Outcome<Order> {
        let lease = shop.lease()
        try shop.faults.reach("cancel.record.before")
        let start = try await record(id, lease)
        try shop.faults.reach("cancel.record.after")
        switch start {
        case .replay(let order): return Outcome(order, replayed: true)
        case .already(let order): return Outcome(order)
        case .recorded(let task, let order):
            do {
                return Outcome(try await perform(task, lease, answering: true) ?? order)
            } catch let crash as SimulatedCrash {
                throw crash
            } catch {
                // Cancelled it is; the reconciler gives back what could not be given back now.
                await shop.postpone(task, lease, error)
                return Outcome(order)
            }
        }
    }

    private func record(_ id: OrderID, _ lease: Lease) async throws -> Start {
        let context = CallContext.current
        let now = shop.clock.now()
        return try await shop.database.write { tx in
            // Locked before the stored answer is looked for: of two requests with one key the second then finds it.
            let stored = try OrderStore.lockedOrder(id, in: tx)
            if let order = try Responses.order(for: context.idempotency, in: tx) { return .replay(order) }
            if stored.order.status == .cancelled {
                try Idempotency.store(Responses.text(stored.order), for: context.idempotency, at: now, in: tx)
                return .already(stored.order)
            }
            try OrderRules.requireCancellable(stored.order.status)
            let task = try Self.record(
                id, actor: context.principal.name, key: context.idempotency, lease: lease, at: now, in: tx)
            let order = try OrderStore.lockedOrder(id, in: tx).order
            try Idempotency.store(Responses.text(order), for: context.idempotency, at: now, in: tx)
            return .recorded(task, order)
        }
    }

    /// Cancels in the transaction of its cause. Coupons count no more from here on; stock, money and the event are
    /// the task's.
    @discardableResult
    static func record(
        _ id: OrderID, actor: String, key: IdempotencyKey? = nil, lease: Lease, at now: Instant,
        in tx: any SQLTransaction
    ) throws -> OrderTask {
        _ = try OrderStore.setStatus(.cancelled, from: [.pending, .confirmed], of: id, at: now, in: tx)
        try CouponStore.giveBack(id, in: tx)
        let task = OrderTask(
            id: id.rawValue, orderID: id, kind: .cancel, refundID: RefundID(at: now), actor: actor,
            traceparent: CallContext.current.trace.traceparent, caller: key?.caller, key: key?.key)
        try TaskStore.insert(task, lease: lease, at: now, in: tx)
        return task
    }

    /// What a cancelled order owes. Every part may be repeated.
    /// - Parameter answering: Whether the first caller still waits, so that its stored response is brought up to date.
    func perform(_ task: OrderTask, _ lease: Lease, answering: Bool) async throws -> Order? {
        try shop.faults.reach("cancel.stock.before")
        try await shop.returnStock(of: task.orderID)
        try shop.faults.reach("cancel.stock.after")
        let money = try await returnMoney(task)
        try shop.faults.reach("cancel.finish.before")
        let order = try await finish(task, money, lease, answering: answering)
        try shop.faults.reach("cancel.finish.after")
        return order
    }

    private func finish(
        _ task: OrderTask, _ money: CancelledPayment, _ lease: Lease, answering: Bool
    ) async throws -> Order? {
        let now = shop.clock.now()
        return try await shop.database.write { tx in
            try settle(task, money, at: now, in: tx)
            try TaskStore.finish(task.id, lease: lease, in: tx)
            let order = try OrderStore.order(task.orderID, in: tx)?.order
            if answering, let order { try Responses.replace(order, caller: task.caller, key: task.key, in: tx) }
            return order
        }
    }

    /// Writes down what became of the money, and tells of the cancellation, now that this is known.
    private func settle(
        _ task: OrderTask, _ money: CancelledPayment, at now: Instant, in tx: any SQLTransaction
    ) throws {
        let stored = try OrderStore.lockedOrder(task.orderID, in: tx)
        let order = stored.order
        var returned = Money.zero(order.totals.total.currency)
        var change: (status: Order.PaymentStatus, amount: Money)?
        switch money {
        case .released(let status):
            // A capture that was refused was told about then.
            if order.paymentStatus != .failed { change = (status, order.totals.total) }
        case .refunded(let amount):
            try RefundStore.finish(task.refundID, in: tx)
            returned = amount
            change = (.refunded, amount)
        case .settled:
            returned = order.refundedTotal
            try OrderStore.setPayment(.refunded, of: order.id, at: now, in: tx)
        case .refused:
            if let refund = try RefundStore.record(task.refundID, in: tx) {
                try RefundStore.fail(refund, at: now, in: tx)
            }
            _ = try OrderStore.markCaptured(order.id, at: now, in: tx)
        }
        try OrderEvents.cancelled(order, actor: task.actor, refunded: returned, at: now, in: tx)
        guard let change else { return }
        try OrderStore.setPayment(change.status, of: order.id, at: now, in: tx)
        guard let provider = stored.provider else { return }
        try OrderEvents.paymentChanged(
            change.status, of: order.id, amount: change.amount, provider: provider, reference: stored.reference,
            reason: "cancelled", actor: task.actor, at: now, in: tx)
    }
}
