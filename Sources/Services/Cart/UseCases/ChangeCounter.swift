import CoreMetrics
import ServiceKit

/// Counts changes of carts once they are stored.
struct ChangeCounter: Sendable {
    private let counters: [CountedChange: any CounterHandler]

    init(_ metrics: any MetricsFactory) {
        counters = CountedChange.allCases.reduce(into: [:]) { counters, change in
            counters[change] = CartMetrics.changed.counter(
                service: CartMetrics.service, [change.rawValue], in: metrics)
        }
    }

    func count(_ change: CountedChange) { counters[change]?.increment(by: 1) }
}
