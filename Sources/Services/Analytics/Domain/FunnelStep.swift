/// How far a session came on the way to an order, which only the order itself proves. A step includes those before it,
/// even when their events were lost or have not arrived yet.
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
