import EventContract
package import EventLog

extension Event {
    /// The order that was cancelled.
    package var order: String? { try? payload(OrderCancelled.self)?.orderID }
}
