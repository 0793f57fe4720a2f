package import EventLog

/// A customer or an operator made an account.
package struct AccountRegistered: Hashable, EventPayload {
    package var customerID: String
    /// `customer` or `administrator`.
    package var role: String

    package init(customerID: String, role: String) {
        self.customerID = customerID
        self.role = role
    }

    package static var topic: Topic { .accounts }
    package var key: String { customerID }
}
