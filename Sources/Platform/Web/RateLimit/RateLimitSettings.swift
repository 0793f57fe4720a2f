package import ServiceKit

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
    /// Of the other classes; a class that is missing here has ``general``.
    package var allowances: [RateClass: Allowance]
    /// How many clients have an allowance of their own; further ones share one.
    package var clients: Int

    package init(
        isOn: Bool = true, general: Allowance = Allowance(perSecond: 100, burst: 600),
        allowances: [RateClass: Allowance] = [:], clients: Int = 50_000
    ) {
        self.isOn = isOn
        self.general = general
        self.allowances = allowances
        self.clients = clients
    }

    package static let off = RateLimitSettings(isOn: false)

    package func allowance(of rate: RateClass) -> Allowance { allowances[rate] ?? general }
}
