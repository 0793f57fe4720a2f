package import Commerce

/// Something a visitor did in the browser or app.
package struct BehaviourEvent: Hashable, Sendable, Codable {
    /// The allow-list; anything else is 422 `unknown_event_type`. Placed orders are not on it: order-service reports them.
    package enum Kind: String, Sendable, CaseIterable {
        case pageViewed = "page_viewed", productViewed = "product_viewed", searched
        case cartLineAdded = "cart_line_added", checkoutStarted = "checkout_started"
    }
    package var type: String
    package var occurredAt: Instant
    /// An opaque visitor session, at most 64 characters.
    package var sessionID: String
    /// Allow-listed keys with short text values: `product_id`, `category`, `cart_id`, `order_id`, `path`, `query_length`.
    package var properties: [String: String]

    package init(type: String, occurredAt: Instant, sessionID: String, properties: [String: String]) {
        self.type = type
        self.occurredAt = occurredAt
        self.sessionID = sessionID
        self.properties = properties
    }
}
