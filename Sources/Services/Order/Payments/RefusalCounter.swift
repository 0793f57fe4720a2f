import CoreMetrics

/// Counts refused payments by reason in `magpie_payments_refused_total`.
struct RefusalCounter: Sendable {
    private let counters: [PaymentRefusal: any CounterHandler]

    init(_ metrics: any MetricsFactory) {
        counters = Dictionary(
            uniqueKeysWithValues: PaymentRefusal.allCases.map { refusal in
                let dimensions = [("reason", refusal.rawValue)]
                return (refusal, metrics.makeCounter(label: "magpie.payments.refused", dimensions: dimensions))
            })
    }

    func count(_ refusal: PaymentRefusal) { counters[refusal]?.increment(by: 1) }
}
