package import EventLog

/// A session ended by its customer.
package struct AccountLoggedOut: Hashable, EventPayload {
    package var customerID: String

    package init(customerID: String) {
        self.customerID = customerID
    }

    package static var topic: Topic { .accounts }
    package var key: String { customerID }
}
