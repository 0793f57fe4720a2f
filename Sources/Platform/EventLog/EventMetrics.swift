package import ServiceKit

/// Metrics of the outbox and of consumers. The semantic conventions of messaging are still in development, so these names
/// are Magpie's own.
package enum EventMetrics {
    static let outboxEvents = Metric(.gauge, "magpie.outbox.events", help: "Events that wait in the outbox.")
    static let outboxAge = Metric(
        .gauge, "magpie.outbox.oldest_age", unit: "s", help: "How long the oldest event of the outbox has waited.")
    static let published = Metric(
        .counter, "magpie.events.published", labels: ["topic"], help: "Events that were published from the outbox.")
    static let handled = Metric(
        .counter, "magpie.events.handled", labels: ["topic", "outcome"],
        help: "Attempts to handle an event: handled, failed, or dead_letter after the last.")
    static let delay = Metric(
        .histogram, "magpie.event.delay", unit: "s", labels: ["topic"],
        bounds: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600],
        help: "Time from an event until it was handled.")
    static let lag = Metric(
        .gauge, "magpie.consumer.lag_events", labels: ["topic"],
        help: "Events of a topic that the service has not handled yet.")
    static let deadLetters = Metric(
        .gauge, "magpie.dead_letters", help: "Events that the service could not handle and set aside.")

    package static let all = [outboxEvents, outboxAge, published, handled, delay, lag, deadLetters]
}
