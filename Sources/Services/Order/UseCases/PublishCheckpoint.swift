import Commerce
import EventContract
import SQL
import ServiceKit

/// Publishes which orders were placed since the last checkpoint, so that consumers notice an order that they never heard
/// of. Without new orders it publishes nothing.
struct PublishCheckpoint: Sendable {
    let context: OrderContext

    /// The age from which on an order must be named.
    static let grace = Duration.seconds(600)
    /// How many checkpoints are published each time.
    private static let most = 20

    /// - Returns: How many orders were named.
    @discardableResult func run() async throws -> Int {
        guard try await context.database.read({ tx in try CheckpointStore.hasUnnamed(in: tx) }) else { return 0 }
        var named = 0
        for _ in 0..<Self.most {
            let now = context.clock.now()
            let count = try await context.database.write { tx in
                guard let next = try CheckpointStore.nameNext(OrdersCheckpoint.mostOrders, in: tx) else { return 0 }
                try OrderEvents.checkpoint(next.number, naming: next.orders, at: now, in: tx)
                return next.orders.count
            }
            named += count
            if count < OrdersCheckpoint.mostOrders { break }
        }
        return named
    }

    /// Orders that should have been named by now.
    func overdue() async throws -> CorrectnessCheck.Finding {
        let limit = context.clock.now().advanced(by: .zero - Self.grace)
        let (count, orders) = try await context.database.read { tx in
            try CheckpointStore.unnamed(placedBefore: limit, limit: CorrectnessCheck.shownIDs, in: tx)
        }
        return CorrectnessCheck.Finding(violations: count, ids: orders)
    }
}
