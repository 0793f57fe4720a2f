import CoreMetrics
import ServiceKit

/// What auth-service counts.
struct AccountCounters: Sendable {
    private let signIns: [SignInOutcome: any CounterHandler]
    private let created: any CounterHandler

    init(_ metrics: any MetricsFactory) {
        signIns = SignInOutcome.allCases.reduce(into: [:]) { counters, outcome in
            counters[outcome] = AuthMetrics.signIns.counter(
                service: AuthMetrics.service, [outcome.rawValue], in: metrics)
        }
        created = AuthMetrics.accountsCreated.counter(service: AuthMetrics.service, in: metrics)
    }

    func count(_ outcome: SignInOutcome) { signIns[outcome]?.increment(by: 1) }
    func countCreated() { created.increment(by: 1) }
}
