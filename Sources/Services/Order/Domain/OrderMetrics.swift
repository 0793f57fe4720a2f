package import ServiceKit

/// The metrics of order-service.
package enum OrderMetrics {
    static let service = "order-service"

    static let placed = Metric(
        .counter, "magpie.orders.placed", unit: "{order}", labels: ["currency"], help: "Orders placed.")
    static let revenue = Metric(
        .counter, "magpie.orders.revenue.minor_units", labels: ["currency"],
        help: "The totals of the orders placed, in minor units of the currency.")
    static let payments = Metric(
        .counter, "magpie.payments", unit: "{payment}", labels: ["provider", "operation", "result"],
        help: "Operations on payments by their result at the provider.")
    static let paymentsRefused = Metric(
        .counter, "magpie.payments.refused", unit: "{payment}", labels: ["reason"],
        help: "Checkouts that ended with a refused payment.")
    static let sagaSteps = Metric(
        .counter, "magpie.saga.steps", unit: "{step}", labels: ["step", "outcome"],
        help: "Steps of checkouts, cancellations and refunds by their outcome.")
    static let unfinished = Metric(
        .gauge, "magpie.saga.unfinished", unit: "{saga}",
        help: "Checkouts, cancellations and refunds that have not ended.")
    static let oldestUnfinished = Metric(
        .gauge, "magpie.saga.oldest_unfinished_age", unit: "s",
        help: "The age of the oldest checkout, cancellation or refund that has not ended.")

    package static let all: [Metric] = [
        placed, revenue, payments, paymentsRefused, sagaSteps, unfinished, oldestUnfinished,
    ]
}
