import Commerce
import Logging
import OfferContract
import OrderContract
import ProductContract
import SQL
import ServiceKit

/// Cancels an order. The cancellation is recorded first; then this call or the reconciler returns stock and payment.
struct CancelOrder: Sendable {
    let context: OrderContext

    private enum Start: Sendable {
        case replay(Order)
        case alreadyCancelled(Order)
        case recorded(OrderTask, Order)
    }

    /// The caller has been authorised.
    func run(_ id: OrderID) async throws -> Outcome<Order> {
        let lease = context.newLease()
        try context.faults.reach("cancel.record.before")
        let start = try await record(id, lease)
        try context.faults.reach("cancel.record.after")
        switch start {
        case .replay(let order): return Outcome(order, replayed: true)
        case .alreadyCancelled(let order): return Outcome(order)
        case .recorded(let task, let order):
            do {
                return Outcome(try await perform(task, lease, updatingResponse: true) ?? order)
            } catch let crash as SimulatedCrash {
                throw crash
            } catch {
                // The order is cancelled. The reconciler returns what could not be returned now.
                await context.postpone(task, lease, error)
                return Outcome(order)
            }
        }
    }

    private func record(_ id: OrderID, _ lease: Lease) async throws -> Start {
        let call = CallContext.current
        let now = context.clock.now()
        return try await context.database.write { tx in
            // The row is locked before the stored response is read, so that the second of two requests with one key
            // finds it.
            let stored = try OrderStore.lockedOrder(id, in: tx)
            if let order = try ResponseStore.order(for: call.idempotency, in: tx) { return .replay(order) }
            if stored.order.status == .cancelled {
                try ResponseStore.store(stored.order, for: call.idempotency, at: now, in: tx)
                return .alreadyCancelled(stored.order)
            }
            try OrderRules.requireCancellable(stored.order.status)
            let task = try Self.record(
                id, actor: call.principal.name, key: call.idempotency, lease: lease, at: now, in: tx)
            let order = try OrderStore.lockedOrder(id, in: tx).order
            try ResponseStore.store(order, for: call.idempotency, at: now, in: tx)
            return .recorded(task, order)
        }
    }

    /// Records a cancellation in the transaction of its cause. Coupon uses are restored at once. The task returns stock
    /// and payment, and publishes the event.
    @discardableResult
    static func record(
        _ id: OrderID, actor: String, key: IdempotencyKey? = nil, lease: Lease, at now: Instant,
        in tx: any SQLTransaction
    ) throws -> OrderTask {
        _ = try OrderStore.setStatus(.cancelled, from: [.pending, .confirmed], of: id, at: now, in: tx)
        try CouponStore.restore(id, in: tx)
        let task = OrderTask(
            id: id.rawValue, orderID: id, kind: .cancel, refundID: RefundID(at: now), actor: actor,
            traceparent: CallContext.current.trace.traceparent, caller: key?.caller, key: key?.key)
        try TaskStore.insert(task, lease: lease, at: now, in: tx)
        return task
    }

    /// Returns stock and payment of a cancelled order. Every part may be repeated.
    /// - Parameter updatingResponse: Whether the first caller still waits, so that its stored response is replaced.
    func perform(_ task: OrderTask, _ lease: Lease, updatingResponse: Bool) async throws -> Order? {
        try context.faults.reach("cancel.stock.before")
        try await context.returnStock(of: task.orderID)
        try context.faults.reach("cancel.stock.after")
        let payment = try await returnPayment(task)
        try context.faults.reach("cancel.finish.before")
        let stored = try await finish(task, payment, lease, updatingResponse: updatingResponse)
        count(payment, at: stored?.provider)
        try context.faults.reach("cancel.finish.after")
        return stored?.order
    }

    private func count(_ payment: CancelledPayment, at provider: String?) {
        switch payment {
        case .released, .settled: context.counters.count(.cancelOrder, .done)
        case .refunded:
            context.counters.count(.cancelOrder, .done)
            if let provider { context.counters.count(.refund, .succeeded, at: provider) }
        case .refused:
            context.counters.count(.cancelOrder, .refused)
            if let provider { context.counters.count(.refund, .failed, at: provider) }
        }
    }

    private func finish(
        _ task: OrderTask, _ payment: CancelledPayment, _ lease: Lease, updatingResponse: Bool
    ) async throws -> StoredOrder? {
        let now = context.clock.now()
        return try await context.database.write { tx in
            try settle(task, payment, at: now, in: tx)
            try TaskStore.finish(task.id, lease: lease, in: tx)
            let stored = try OrderStore.order(task.orderID, in: tx)
            if updatingResponse, let stored {
                try ResponseStore.replace(stored.order, caller: task.caller, key: task.key, in: tx)
            }
            return stored
        }
    }

    /// Records the outcome of the payment and publishes the cancellation with it.
    private func settle(
        _ task: OrderTask, _ payment: CancelledPayment, at now: Instant, in tx: any SQLTransaction
    ) throws {
        let stored = try OrderStore.lockedOrder(task.orderID, in: tx)
        let order = stored.order
        var returned = Money.zero(order.totals.total.currency)
        var change: (status: Order.PaymentStatus, amount: Money)?
        switch payment {
        case .released(let status):
            // A refused capture was published when it happened.
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
