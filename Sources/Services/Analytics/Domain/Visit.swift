import Commerce

/// What a session did at one time.
struct Visit: Hashable, Sendable {
    var sessionID: String
    var at: Instant
    var step: FunnelStep
    /// The cart it was about, when the event is one that only the cart's owner causes.
    var cartID: CartID?
}
