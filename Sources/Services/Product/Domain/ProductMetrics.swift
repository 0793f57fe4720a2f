package import ServiceKit

/// The metrics of product-service.
package enum ProductMetrics {
    static let service = "product-service"

    static let stockRefused = Metric(
        .counter, "magpie.stock.refused", unit: "{checkout}", help: "Checkouts refused for stock.")
    static let reservations = Metric(
        .gauge, "magpie.stock.reservations", unit: "{reservation}",
        help: "Reservations held now, one for each order and variant.")

    package static let all: [Metric] = [stockRefused, reservations]
}
