import Logging
import SQL
import ServiceKit

extension OrderContext {
    /// Leaves a task to the reconciler, with a longer delay after each attempt.
    func postpone(_ task: OrderTask, _ lease: Lease, _ error: any Error) async {
        logger.warning(
            "A task of an order is postponed",
            metadata: ["order.id": "\(task.orderID)", "task.kind": "\(task.kind.rawValue)", "error": "\(error)"])
        counters.count(task.kind == .cancel ? .cancelOrder : .refundOrder, .failed)
        let retryAt = retryAt(attempts: task.attempts)
        do {
            try await database.write { tx in try TaskStore.postpone(task.id, until: retryAt, lease: lease, in: tx) }
        } catch {
            // The lease expires by itself.
            logger.warning("A task waits until its lease expires", metadata: ["error": "\(error)"])
        }
    }
}
