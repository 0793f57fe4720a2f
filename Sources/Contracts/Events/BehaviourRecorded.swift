package import Commerce
package import EventLog

/// A visitor did something in the browser or app.
package struct BehaviourRecorded: Hashable, EventPayload {
    /// `page_viewed`, `product_viewed`, `searched`, `cart_line_added` or `checkout_started`.
    package var type: String
    package var sessionID: String
    package var occurredAt: Instant
    package var properties: [String: String]

    package init(type: String, sessionID: String, occurredAt: Instant, properties: [String: String]) {
        self.type = type
        self.sessionID = sessionID
        self.occurredAt = occurredAt
        self.properties = properties
    }

    package static var topic: Topic { .behaviour }
    package var key: String { sessionID }
}
