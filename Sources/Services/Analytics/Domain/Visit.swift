import Commerce

/// How far a session came on the way to an order, which only the order itself proves. Whoever reached a step went
/// through those before it, even when the events of these were lost or are still on their way.
enum FunnelStep: Int, Sendable, Comparable {
    case visited, viewed, carted, checkout

    /// - Parameter type: A behaviour event's type; one that is no step of the funnel is a visit.
    init(behaviour type: String) {
        switch type {
        case "product_viewed": self = .viewed
        case "cart_line_added": self = .carted
        case "checkout_started": self = .checkout
        default: self = .visited
        }
    }

    static func < (left: FunnelStep, right: FunnelStep) -> Bool { left.rawValue < right.rawValue }
}

/// One sign of life of a session.
struct Visit: Hashable, Sendable {
    var sessionID: String
    var at: Instant
    var step: FunnelStep
    /// The cart it was about, when the event is one that only the cart's owner causes.
    var cartID: CartID?
}
