import AnalyticsContract
import AuthContract
import ServiceKit
import Web

extension RateLimitSettings {
    /// The allowances of the shop, of every class that a contract declares.
    static let standard = RateLimitSettings(
        general: Allowance(perSecond: 100, burst: 600),
        allowances: [
            .logIn: Allowance(perSecond: 0.5, burst: 30),
            .register: Allowance(perSecond: 1, burst: 60),
            .events: Allowance(perSecond: 50, burst: 1_000),
        ])
}
