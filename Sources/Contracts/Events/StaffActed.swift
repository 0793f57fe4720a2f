package import EventLog

/// Staff did something through the API, or an operator by a command.
package struct StaffActed: Hashable, EventPayload {
    /// `cus_…`, or `operator:` and a user of the operating system.
    package var actor: String
    /// `offers.replaced`, `product.created`, `order.refunded`, …
    package var action: String
    package var subject: String
    /// Without personal data.
    package var details: [String: String]

    package init(actor: String, action: String, subject: String, details: [String: String]) {
        self.actor = actor
        self.action = action
        self.subject = subject
        self.details = details
    }

    package static var topic: Topic { .staff }
    package var key: String { actor }
}
