/// How many payments may be refused before the next attempt has to wait. This stops a shop from being used to test
/// stolen cards.
package struct PaymentLimits: Hashable, Sendable {
    /// Refused payments of one cart within ``window``.
    package var perCart: Int
    /// Refused payments of one client network within ``window``: an office, or all clients behind one address of a
    /// mobile network.
    package var perNetwork: Int
    package var window: Duration

    package init(perCart: Int = 5, perNetwork: Int = 60, window: Duration = .seconds(3_600)) {
        self.perCart = perCart
        self.perNetwork = perNetwork
        self.window = window
    }
}
