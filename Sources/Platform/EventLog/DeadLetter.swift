package import Commerce

package struct DeadLetter: Sendable {
    package var id: Int64
    package var group: String
    package var reason: String
    package var failedAt: Instant
    package var event: Event
    package init(id: Int64, group: String, reason: String, failedAt: Instant, event: Event) {
        self.id = id
        self.group = group
        self.reason = reason
        self.failedAt = failedAt
        self.event = event
    }
}
