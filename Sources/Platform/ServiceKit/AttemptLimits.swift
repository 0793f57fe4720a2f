/// How many attempts may fail before others have to wait: what keeps a shop from being used to guess coupon codes or to
/// try stolen cards.
package struct AttemptLimits: Hashable, Sendable {
    /// Of one cart, within ``window``.
    package var perCart: Int
    /// Of one client network, within ``window``: an office, or all clients behind one address of a mobile network.
    package var perNetwork: Int
    package var window: Duration

    package init(perCart: Int, perNetwork: Int = 60, window: Duration = .seconds(3_600)) {
        self.perCart = perCart
        self.perNetwork = perNetwork
        self.window = window
    }
}
