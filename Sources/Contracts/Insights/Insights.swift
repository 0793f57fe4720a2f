package import Commerce
package import ServiceKit

/// What browsers and apps tell about visits. Answers only when the events are durable.
package protocol BehaviourIngest: Sendable {
    /// 422 names every event at fault; then none is stored. At most 100 events a call.
    func record(_ events: [BehaviourEvent]) async throws
}

package struct BehaviourEvent: Hashable, Sendable, Codable {
    /// The allow-list; anything else is 422 `unknown_event_type`. Placed orders are not on it: the shop knows them.
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

/// Read models over behaviour and orders. Staff, `reports:read`. Days are UTC, `yyyy-mm-dd`, both ends included.
package protocol Reports: Sendable {
    func funnel(from: String, to: String) async throws -> FunnelReport
    func revenue(from: String, to: String) async throws -> [RevenueDay]
    func topProducts(from: String, to: String, limit: Int) async throws -> [TopProduct]
}

/// Sessions that reached each step.
package struct FunnelReport: Hashable, Sendable, Codable {
    package var sessions: Int
    package var viewed: Int
    package var carted: Int
    package var checkout: Int
    package var ordered: Int

    package init(sessions: Int, viewed: Int, carted: Int, checkout: Int, ordered: Int) {
        self.sessions = sessions
        self.viewed = viewed
        self.carted = carted
        self.checkout = checkout
        self.ordered = ordered
    }
}

package struct RevenueDay: Hashable, Sendable, Codable {
    package var day: String
    package var orders: Int
    /// What customers paid that day.
    package var gross: Money
    /// What was given back that day.
    package var refunded: Money

    package init(day: String, orders: Int, gross: Money, refunded: Money) {
        self.day = day
        self.orders = orders
        self.gross = gross
        self.refunded = refunded
    }
}

package struct TopProduct: Hashable, Sendable, Codable {
    package var productID: ProductID
    package var title: String
    package var quantity: Int
    package var revenue: Money

    package init(productID: ProductID, title: String, quantity: Int, revenue: Money) {
        self.productID = productID
        self.title = title
        self.quantity = quantity
        self.revenue = revenue
    }

    enum CodingKeys: String, CodingKey {
        case title, quantity, revenue
        case productID = "product_id"
    }
}

/// The tamper-evident log. Staff, `audit:read`.
package protocol AuditTrail: Sendable {
    /// Newest first.
    func records(action: String?, actor: String?, page: PageRequest) async throws -> Page<AuditRecord>
    /// Recomputes the whole chain.
    func verify() async throws -> AuditVerification
}

package struct AuditRecord: Hashable, Sendable, Codable {
    package var sequence: Int64
    package var action: String
    package var actor: String
    /// What it was done to: `ord_…`.
    package var subject: String
    package var occurredAt: Instant
    /// Details without personal data, as JSON.
    package var details: String
    package var previousHash: String
    package var hash: String

    package init(
        sequence: Int64, action: String, actor: String, subject: String, occurredAt: Instant, details: String,
        previousHash: String, hash: String
    ) {
        self.sequence = sequence
        self.action = action
        self.actor = actor
        self.subject = subject
        self.occurredAt = occurredAt
        self.details = details
        self.previousHash = previousHash
        self.hash = hash
    }

    enum CodingKeys: String, CodingKey {
        case sequence, action, actor, subject, details, hash
        case occurredAt = "occurred_at"
        case previousHash = "previous_hash"
    }
}

package struct AuditVerification: Hashable, Sendable, Codable {
    package var records: Int64
    package var intact: Bool
    /// The first record at fault and what is wrong with it.
    package var fault: String?

    package init(records: Int64, intact: Bool, fault: String?) {
        self.records = records
        self.intact = intact
        self.fault = fault
    }
}
