package import EventLog

/// Which orders were placed since the checkpoint before it, for consumers that compare them with what they have handled.
/// It follows the events of these orders in the outbox.
package struct OrdersCheckpoint: Hashable, EventPayload {
    /// Counts up by one, so that a lost checkpoint is noticed.
    package var number: Int64
    /// At most ``mostOrders``.
    package var orderIDs: [String]

    /// About 45 kB of JSON.
    package static let mostOrders = 1_000

    package init(number: Int64, orderIDs: [String]) {
        self.number = number
        self.orderIDs = orderIDs
    }

    package static var topic: Topic { .orders }
    /// One for all, so that they stay in order.
    package var key: String { "orders-checkpoint" }
}
