package import EventLog

/// A log-in succeeded.
package struct AccountLoggedIn: Hashable, EventPayload {
    package var customerID: String

    package init(customerID: String) {
        self.customerID = customerID
    }

    package static var topic: Topic { .accounts }
    package var key: String { customerID }
}
