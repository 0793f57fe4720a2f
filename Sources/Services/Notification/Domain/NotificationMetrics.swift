package import ServiceKit

/// The metrics of notification-service.
package enum NotificationMetrics {
    static let service = "notification-service"

    static let mails = Metric(
        .counter, "magpie.mails", unit: "{mail}", labels: ["kind", "outcome"],
        help: "Mails that were sent, and those that were abandoned.")

    package static let all: [Metric] = [mails]
}
