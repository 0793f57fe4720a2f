package import EventLog

/// A payment moved.
package struct PaymentChanged: Hashable, EventPayload {
    package var orderID: String
    /// `authorized`, `captured`, `voided`, `refunded` or `failed`.
    package var status: String
    package var amount: EventMoney?
    package var provider: String
    package var providerReference: String
    /// A stable code; never words that a customer wrote.
    package var reason: String
    package var actor: String

    package init(
        orderID: String, status: String, amount: EventMoney?, provider: String = "", providerReference: String = "",
        reason: String = "", actor: String = ""
    ) {
        self.orderID = orderID
        self.status = status
        self.amount = amount
        self.provider = provider
        self.providerReference = providerReference
        self.reason = reason
        self.actor = actor
    }

    package static var topic: Topic { .orders }
    package var key: String { orderID }
}
