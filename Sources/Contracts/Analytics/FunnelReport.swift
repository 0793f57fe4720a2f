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
