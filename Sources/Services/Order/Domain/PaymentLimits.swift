/// How many payments may be refused before others have to wait: what keeps a shop from being used to try stolen cards.
package struct PaymentLimits: Hashable, Sendable {
    /// Of one cart, within ``window``.
    package var perCart: Int
    /// Of one client network, within ``window``: an office, or everybody behind one address of a mobile network.
    package var perNetwork: Int
    package var window: Duration

    package init(perCart: Int = 5, perNetwork: Int = 60, window: Duration = .seconds(3_600)) {
        self.perCart = perCart
        self.perNetwork = perNetwork
        self.window = window
    }
}
