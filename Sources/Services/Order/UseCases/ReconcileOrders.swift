import Commerce
import EventLog
import Logging
import OrderContract
import SQL
import ServiceKit

/// Finishes or undoes what a crash, a timeout or a provider's silence left behind. Any number of processes may run
/// one: each row is worked on under a lease.
struct Reconciler: Sendable {
    let shop: Workshop

    /// - Returns: How many attempts and tasks were worked on.
    @discardableResult func reconcileOnce() async throws -> Int {
        let now = shop.clock.now()
        let (checkouts, tasks) = try await shop.database.read { tx in
            (try CheckoutStore.stale(at: now, limit: 16, in: tx), try TaskStore.due(at: now, limit: 16, in: tx))
        }
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for id in checkouts { group.addTask { try await apart(id.rawValue) { try await reconcile(checkout: id) } } }
            for id in tasks { group.addTask { try await apart(id) { try await reconcile(task: id) } } }
            return try await group.reduce(0, +)
        }
    }

    /// One row that cannot be worked on does not keep the others waiting.
    private func apart(_ id: String, _ work: () async throws -> Int) async throws -> Int {
        do {
            return try await work()
        } catch let crash as SimulatedCrash {
            throw crash
        } catch {
            shop.logger.error(
                "What was left behind cannot be finished", metadata: ["order.id": "\(id)", "error": "\(error)"])
            return 0
        }
    }

    private func reconcile(checkout id: OrderID) async throws -> Int {
        let now = shop.clock.now()
        let lease = shop.lease()
        guard
            let record = try await shop.database.write({ tx in
                try CheckoutStore.claim(id, lease: lease, at: now, in: tx)
            })
        else { return 0 }
        shop.logger.notice(
            "Resuming a checkout that was left behind",
            metadata: ["order.id": "\(id)", "checkout.step": "\(record.step.rawValue)"])
        do {
            try await Placing(shop: shop).resume(record, lease)
        } catch is LeaseLost {
            return 0
        }
        return 1
    }

    private func reconcile(task id: String) async throws -> Int {
        let now = shop.clock.now()
        let lease = shop.lease()
        let claimed = try await shop.database.write { tx in try TaskStore.claim(id, lease: lease, at: now, in: tx) }
        guard let task = claimed else { return 0 }
        var context = CallContext(principal: .system("order-reconciler"))
        if let trace = TraceContext(traceparent: task.traceparent) { context.trace = trace.child() }
        do {
            try await context.run {
                switch task.kind {
                case .cancel: _ = try await Cancellation(shop: shop).perform(task, lease, answering: false)
                case .refund: _ = try await Refunding(shop: shop).perform(task, lease)
                }
            }
        } catch let crash as SimulatedCrash {
            throw crash
        } catch is LeaseLost {
            return 0
        } catch let error as ServiceError where error.code == ServiceError.refundRefused.code {
            return 1
        } catch {
            await shop.postpone(task, lease, error)
        }
        return 1
    }

    func forgetOldKeys() async throws {
        let now = shop.clock.now()
        let limit = now.advanced(by: .seconds(-172_800))
        try await shop.database.write { tx in
            try Idempotency.expire(at: now, in: tx)
            try CheckoutStore.expire(before: limit, in: tx)
            try RefundStore.expire(before: limit, in: tx)
        }
        for provider in shop.providers.values { try await provider.forgetRefusals(before: limit) }
    }
}

extension Workshop {
    /// Leaves a task to the reconciler: a little later each time.
    func postpone(_ task: OrderTask, _ lease: Lease, _ error: any Error) async {
        logger.warning(
            "An order's task has to wait",
            metadata: ["order.id": "\(task.orderID)", "task.kind": "\(task.kind.rawValue)", "error": "\(error)"])
        let retryAt = retryAt(attempts: task.attempts)
        do {
            try await database.write { tx in try TaskStore.postpone(task.id, until: retryAt, lease: lease, in: tx) }
        } catch {
            // The lease runs out by itself.
            logger.warning("A task waits for its lease to run out", metadata: ["error": "\(error)"])
        }
    }
}
