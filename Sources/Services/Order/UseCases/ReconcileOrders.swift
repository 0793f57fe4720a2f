import Commerce
import Logging
import OrderContract
import SQL
import ServiceKit

/// Finishes or undoes checkouts and tasks that a crash, a timeout or an unavailable provider interrupted. Any number of
/// processes may run it, because each row is processed under a lease.
struct ReconcileOrders: Sendable {
    let context: OrderContext

    /// - Returns: The number of checkouts and tasks that were processed.
    @discardableResult func run() async throws -> Int {
        let now = context.clock.now()
        let (checkouts, tasks) = try await context.database.read { tx in
            (try CheckoutStore.stale(at: now, limit: 16, in: tx), try TaskStore.due(at: now, limit: 16, in: tx))
        }
        return try await run(checkouts: checkouts, tasks: tasks)
    }

    /// Those of these checkouts and tasks that nobody works on.
    @discardableResult func run(checkouts: [OrderID], tasks: [String]) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for id in checkouts {
                group.addTask { try await isolateFailure(of: id.rawValue) { try await reconcile(checkout: id) } }
            }
            for id in tasks { group.addTask { try await isolateFailure(of: id) { try await reconcile(task: id) } } }
            return try await group.reduce(0, +)
        }
    }

    /// A row that fails does not stop the others.
    private func isolateFailure(of id: String, _ work: () async throws -> Int) async throws -> Int {
        do {
            return try await work()
        } catch let crash as SimulatedCrash {
            throw crash
        } catch {
            context.logger.error(
                "Interrupted work of an order cannot be finished", metadata: ["order.id": "\(id)", "error": "\(error)"])
            return 0
        }
    }

    private func reconcile(checkout id: OrderID) async throws -> Int {
        let now = context.clock.now()
        let lease = context.newLease()
        guard
            let record = try await context.database.write({ tx in
                try CheckoutStore.claim(id, lease: lease, at: now, in: tx)
            })
        else { return 0 }
        context.logger.notice(
            "Resuming an interrupted checkout",
            metadata: ["order.id": "\(id)", "checkout.step": "\(record.step.rawValue)"])
        do {
            try await Checkout.resume(record, lease, context)
        } catch is LeaseLost {
            return 0
        }
        return 1
    }

    private func reconcile(task id: String) async throws -> Int {
        let now = context.clock.now()
        let lease = context.newLease()
        let claimed = try await context.database.write { tx in try TaskStore.claim(id, lease: lease, at: now, in: tx) }
        guard let task = claimed else { return 0 }
        let call = CallContext(principal: .system("order-reconciler"))
        let trace = TraceContext(traceparent: task.traceparent)
        do {
            try await call.run(as: .internal, "resume \(task.kind.rawValue)", of: "order-service", after: trace) { _ in
                switch task.kind {
                case .cancel:
                    _ = try await CancelOrder(context: context).perform(task, lease, updatingResponse: false)
                case .refund: _ = try await RefundOrder(context: context).perform(task, lease)
                }
            }
        } catch let crash as SimulatedCrash {
            throw crash
        } catch is LeaseLost {
            return 0
        } catch let error as ServiceError where error.has(OrderErrorCode.refundRefused) {
            return 1
        } catch {
            await context.postpone(task, lease, error)
        }
        return 1
    }
}
