package import EventLog

/// The customer changed the password; every other session ended.
package struct AccountPasswordChanged: Hashable, EventPayload {
    package var customerID: String

    package init(customerID: String) {
        self.customerID = customerID
    }

    package static var topic: Topic { .accounts }
    package var key: String { customerID }
}
