package import EventLog

/// An order was cancelled.
package struct OrderCancelled: Hashable, EventPayload {
    package var orderID: String
    package var number: String
    package var actor: String
    /// What went back to the customer.
    package var refunded: EventMoney?

    package init(orderID: String, number: String = "", actor: String = "", refunded: EventMoney? = nil) {
        self.orderID = orderID
        self.number = number
        self.actor = actor
        self.refunded = refunded
    }

    package static var topic: Topic { .orders }
    package var key: String { orderID }
}
