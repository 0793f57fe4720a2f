/// How many coupon codes may be wrong before further ones are refused, so that codes cannot be guessed. The allowance
/// is full again after ``window``.
package struct CouponLimits: Hashable, Sendable {
    /// Of one cart.
    package var perCart: Int
    /// Of one client network.
    package var perNetwork: Int
    package var window: Duration

    package init(perCart: Int = 10, perNetwork: Int = 60, window: Duration = .seconds(3_600)) {
        self.perCart = perCart
        self.perNetwork = perNetwork
        self.window = window
    }
}
