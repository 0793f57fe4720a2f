import Commerce

/// A critical action before it has its place in the chain.
struct AuditEntry: Hashable, Sendable {
    /// The event that reported it: every record can be traced back to one.
    var eventID: EventID
    /// `order.placed`, `account.login_failed`, `staff.offers.replaced`
    var action: String
    /// `cus_…`, `system:import`, `anonymous`
    var actor: String
    var subject: String
    var occurredAt: Instant
    /// A JSON object with sorted keys, free of personal data.
    var details: String
}
