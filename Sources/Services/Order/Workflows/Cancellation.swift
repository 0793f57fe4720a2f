import Calls
import Commerce
import EventLog
import Logging
import OfferContract
import OrderContract
import ProductContract
import SQL

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
            if let order = try Responses.order(for: context.idempotency, in: tx) { return .replay(order) }
            let stored = try OrderStore.lockedOrder(id, in: tx)
            if stored.order.status == .cancelled { return .already(stored.order) }
            try OrderRules.requireCancellable(stored.order.status)
            _ = try OrderStore.setStatus(.cancelled, from: [.pending, .confirmed], of: id, at: now, in: tx)
            let task = OrderTask(
                id: id.rawValue, orderID: id, kind: .cancel, refundID: RefundID(at: now),
                actor: context.principal.name, traceparent: context.trace.traceparent,
                caller: context.idempotency?.caller, key: context.idempotency?.key)
            try TaskStore.insert(task, lease: lease, at: now, in: tx)
            let order = try OrderStore.lockedOrder(id, in: tx).order
            let left = Money(stored.captured - stored.refunding, order.totals.total.currency)
            try OrderEvents.cancelled(order, actor: task.actor, refunded: left, at: now, in: tx)
            try Idempotency.store(Responses.text(order), for: context.idempotency, at: now, in: tx)
            return .recorded(task, order)
        }
    }

    /// What a cancelled order owes. Every part may be repeated.
    /// - Parameter answering: Whether the first caller still waits, so that its stored response is brought up to date.
    func perform(_ task: OrderTask, _ lease: Lease, answering: Bool) async throws -> Order? {
        try shop.faults.reach("cancel.stock.before")
        try await returnStock(task.orderID)
        try shop.faults.reach("cancel.stock.after")
        let money = try await returnMoney(task)
        try shop.faults.reach("cancel.finish.before")
        let order = try await finish(task, money, lease, answering: answering)
        try shop.faults.reach("cancel.finish.after")
        return order
    }

    /// Whichever the checkout got to: a reservation is released, a sale goes back on the shelf. In this order, so that
    /// a commit in between finds no reservation or is undone.
    private func returnStock(_ order: OrderID) async throws {
        try await shop.callAsService { [shop] in
            try await shop.products.releaseReservation(for: order)
            try await shop.products.restock(order: order)
        }
    }

    private func finish(
        _ task: OrderTask, _ money: CancelledPayment, _ lease: Lease, answering: Bool
    ) async throws -> Order? {
        let now = shop.clock.now()
        return try await shop.database.write { tx in
            let stored = try OrderStore.lockedOrder(task.orderID, in: tx)
            if let status = money.status { try OrderStore.setPayment(status, of: task.orderID, at: now, in: tx) }
            if money.refunded != nil { try RefundStore.finish(task.refundID, in: tx) }
            // Money that refunds had given back before was told about then.
            let nothingLeft = money.status == .refunded && money.refunded == nil
            if let provider = stored.provider, let status = money.status, !nothingLeft {
                try OrderEvents.paymentChanged(
                    status, of: task.orderID,
                    amount: Money(
                        money.refunded ?? stored.order.totals.total.amount, stored.order.totals.total.currency),
                    provider: provider, reference: stored.reference, reason: "cancelled", actor: task.actor,
                    at: now, in: tx)
            }
            try TaskStore.finish(task.id, lease: lease, in: tx)
            let order = try OrderStore.order(task.orderID, in: tx)?.order
            if answering, let order { try Responses.replace(order, caller: task.caller, key: task.key, in: tx) }
            return order
        }
    }
}
