import CoreMetrics
import ServiceKit

/// Counts mails once their result is stored.
struct MailCounter: Sendable {
    private let sent: [ComposedMail.Kind: any CounterHandler]
    private let failed: [ComposedMail.Kind: any CounterHandler]

    init(_ metrics: any MetricsFactory) {
        func counters(_ outcome: String) -> [ComposedMail.Kind: any CounterHandler] {
            ComposedMail.Kind.allCases.reduce(into: [:]) { counters, kind in
                counters[kind] = NotificationMetrics.mails.counter(
                    service: NotificationMetrics.service, [kind.rawValue, outcome], in: metrics)
            }
        }
        sent = counters("sent")
        failed = counters("failed")
    }

    func countSent(_ kind: ComposedMail.Kind) { sent[kind]?.increment(by: 1) }
    func countFailed(_ kind: ComposedMail.Kind) { failed[kind]?.increment(by: 1) }
}
