package import EventLog

/// An order was sent to the customer.
package struct OrderFulfilled: Hashable, EventPayload {
    package var orderID: String
    package var number: String
    /// Empty without tracking.
    package var tracking: String
    package var actor: String

    package init(orderID: String, number: String = "", tracking: String = "", actor: String = "") {
        self.orderID = orderID
        self.number = number
        self.tracking = tracking
        self.actor = actor
    }

    package static var topic: Topic { .orders }
    package var key: String { orderID }
}
