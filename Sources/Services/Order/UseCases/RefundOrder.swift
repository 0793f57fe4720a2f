import Commerce
import EventLog
import Logging
import OfferContract
import OrderContract
import SQL
import ServiceKit

/// Gives money back: recorded with its amount set aside, then asked of the provider under the refund's own id.
struct Refunding: Sendable {
    let shop: Workshop

    private enum Start: Sendable {
        case replay(Order)
        case recorded(OrderTask)
    }

    /// The caller's right to do this has been checked.
    func refund(_ id: OrderID, amount: Int64?, reason: String) async throws -> Outcome<Order> {
        let context = CallContext.current
        guard let key = context.idempotency else { throw ServiceError.idempotencyKeyRequired }
        let reason = try Self.checked(reason)
        let lease = shop.lease()
        try shop.faults.reach("refund.record.before")
        let start = try await record(id, amount: amount, reason: reason, key, context, lease)
        try shop.faults.reach("refund.record.after")
        switch start {
        case .replay(let order): return Outcome(order, replayed: true)
        case .recorded(let task):
            do {
                return Outcome(try await perform(task, lease))
            } catch let crash as SimulatedCrash {
                throw crash
            } catch let error as ServiceError where error.code == ServiceError.refundRefused.code {
                throw error
            } catch {
                // Recorded it is: the reconciler makes it happen, and the same key then answers the order.
                await shop.postpone(task, lease, error)
                throw ServiceError.unavailable("The payment provider")
            }
        }
    }

    private func record(
        _ id: OrderID, amount: Int64?, reason: String, _ key: IdempotencyKey, _ context: CallContext, _ lease: Lease
    ) async throws -> Start {
        let now = shop.clock.now()
        return try await shop.database.write { tx in
            // Locked before the stored answer is looked for: of two requests with one key the second then finds it.
            let stored = try OrderStore.lockedOrder(id, in: tx)
            if let order = try Responses.order(for: key, in: tx) { return .replay(order) }
            if let known = try RefundStore.record(for: key, in: tx) {
                if known.state == "done" { return .replay(stored.order) }
                guard let task = try TaskStore.claim(known.id.rawValue, lease: lease, at: now, in: tx) else {
                    throw ServiceError.idempotencyInFlight
                }
                return .recorded(task)
            }
            let amount = try OrderRules.refundAmount(
                wanted: amount, captured: stored.captured, refunded: stored.refunding, stored.order.status,
                stored.order.paymentStatus)
            let refund = RefundStore.Record(
                id: RefundID(at: now), orderID: id, amount: amount, reason: reason, state: "pending", key: key)
            try RefundStore.insert(refund, actor: context.principal.name, at: now, in: tx)
            let task = OrderTask(
                id: refund.id.rawValue, orderID: id, kind: .refund, refundID: refund.id,
                actor: context.principal.name, traceparent: context.trace.traceparent, caller: key.caller, key: key.key)
            try TaskStore.insert(task, lease: lease, at: now, in: tx)
            return .recorded(task)
        }
    }

    /// Asks the provider and records its answer; what will never leave the house goes back on the shelf. May be repeated.
    func perform(_ task: OrderTask, _ lease: Lease) async throws -> Order {
        let (stored, refund) = try await shop.database.read { tx in
            (try OrderStore.order(task.orderID, in: tx), try RefundStore.record(task.refundID, in: tx))
        }
        guard let stored, let refund else { throw CheckoutDefect.incomplete }
        if refund.state == "done" {
            try await returnStock(task, lease)
            return stored.order
        }
        let (order, isUnsent) = try await giveBack(refund, of: stored, task, lease)
        guard isUnsent else { return order }
        do {
            try await returnStock(task, lease)
        } catch let crash as SimulatedCrash {
            throw crash
        } catch {
            await shop.postpone(task, lease, error)  // The money is back, which is what the caller asked for.
        }
        return order
    }

    /// The task's end, where the money's is not.
    private func returnStock(_ task: OrderTask, _ lease: Lease) async throws {
        try shop.faults.reach("refund.stock.before")
        try await shop.returnStock(of: task.orderID)
        try shop.faults.reach("refund.stock.after")
        try await shop.database.write { tx in try TaskStore.finish(task.id, lease: lease, in: tx) }
    }

    private func giveBack(
        _ refund: RefundStore.Record, of stored: StoredOrder, _ task: OrderTask, _ lease: Lease
    ) async throws -> (order: Order, isUnsent: Bool) {
        guard let name = stored.provider else { throw CheckoutDefect.incomplete }
        let provider = try shop.provider(name)
        let amount = Money(refund.amount, stored.order.totals.total.currency)
        try shop.faults.reach("refund.payment.before")
        do {
            _ = try await shop.pay {
                try await provider.refund(task.orderID.rawValue, amount: amount, refundKey: refund.id.rawValue)
            }
        } catch let refusal as PaymentError {
            shop.logger.error(
                "The payment provider refused a refund",
                metadata: ["order.id": "\(task.orderID)", "error": "\(refusal)"])
            try await fail(task, refund, lease)
            throw ServiceError.refundRefused
        }
        try shop.faults.reach("refund.payment.after")
        try shop.faults.reach("refund.finish.before")
        let result = try await finish(task, refund, amount, lease)
        try shop.faults.reach("refund.finish.after")
        return result
    }

    /// - Returns: Also whether the order is given back whole before it was sent: then the task goes on.
    private func finish(
        _ task: OrderTask, _ refund: RefundStore.Record, _ amount: Money, _ lease: Lease
    ) async throws -> (order: Order, isUnsent: Bool) {
        let now = shop.clock.now()
        return try await shop.database.write { tx in
            let stored = try OrderStore.lockedOrder(task.orderID, in: tx)
            try RefundStore.finish(refund.id, in: tx)
            let others = try RefundStore.pending(of: task.orderID, except: refund.id, in: tx)
            var isUnsent = false
            if others == 0, stored.refunding == stored.captured {
                // A cancelled order stays so; its cancellation returns stock and coupons.
                isUnsent = stored.order.status == .confirmed
                _ = try OrderStore.setStatus(
                    .refunded, from: [.confirmed, .fulfilled], of: task.orderID, at: now, in: tx)
                if isUnsent { try CouponStore.giveBack(task.orderID, in: tx) }
                try OrderStore.setPayment(.refunded, of: task.orderID, at: now, in: tx)
            }
            try OrderEvents.paymentChanged(
                .refunded, of: task.orderID, amount: amount, provider: stored.provider ?? "",
                reference: stored.reference, reason: "refund", actor: task.actor, at: now, in: tx)
            try isUnsent
                ? TaskStore.renew(task.id, lease: lease, at: now, in: tx)
                : TaskStore.finish(task.id, lease: lease, in: tx)
            let order = try OrderStore.lockedOrder(task.orderID, in: tx).order
            try Idempotency.store(Responses.text(order), for: refund.key, at: now, in: tx)
            return (order, isUnsent)
        }
    }

    private func fail(_ task: OrderTask, _ refund: RefundStore.Record, _ lease: Lease) async throws {
        let now = shop.clock.now()
        try await shop.database.write { tx in
            try RefundStore.fail(refund, at: now, in: tx)
            try TaskStore.finish(task.id, lease: lease, in: tx)
        }
    }

    private static func checked(_ reason: String) throws(ServiceError) -> String {
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw .invalid("reason", code: "required", "must not be empty")
        }
        guard reason.unicodeScalars.count <= 500 else {
            throw .invalid("reason", code: "too_long", "must have at most 500 characters")
        }
        return reason
    }
}
