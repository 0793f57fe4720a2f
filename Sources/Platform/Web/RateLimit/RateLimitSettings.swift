/// How many requests one client network may make.
package struct RateLimitSettings: Hashable, Sendable {
    /// A steady rate, and how many requests may come at once before it counts.
    package struct Allowance: Hashable, Sendable {
        package var perSecond: Double
        package var burst: Int

        package init(perSecond: Double, burst: Int) {
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    /// False for load tests on a trusted machine.
    package var isOn: Bool
    package var general: Allowance
    package var logIn: Allowance
    package var register: Allowance
    package var events: Allowance
    /// How many clients have an allowance of their own; further ones share one.
    package var clients: Int

    package init(
        isOn: Bool = true, general: Allowance = Allowance(perSecond: 100, burst: 600),
        logIn: Allowance = Allowance(perSecond: 0.5, burst: 30),
        register: Allowance = Allowance(perSecond: 1, burst: 60),
        events: Allowance = Allowance(perSecond: 50, burst: 1_000),
        clients: Int = 50_000
    ) {
        self.isOn = isOn
        self.general = general
        self.logIn = logIn
        self.register = register
        self.events = events
        self.clients = clients
    }

    package static let standard = RateLimitSettings()
    package static let off = RateLimitSettings(isOn: false)
}
