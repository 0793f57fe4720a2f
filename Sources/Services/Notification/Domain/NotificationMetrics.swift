package import ServiceKit

/// The metrics of notification-service.
package enum NotificationMetrics {
    static let service = "notification-service"

    static let mails = Metric(
        .counter, "magpie.mails", unit: "{mail}", labels: ["kind", "outcome"],
        help: "Mails that were sent, and those that were abandoned.")

    static let queued = Metric(
        .gauge, "magpie.mails.queued", unit: "{mail}",
        help: "Mails that are to be sent, those to be tried again included.")
    static let oldestQueued = Metric(
        .gauge, "magpie.mails.oldest_queued_age", unit: "s", help: "How long the oldest mail has waited to be sent.")

    package static let all: [Metric] = [mails, queued, oldestQueued]
}
