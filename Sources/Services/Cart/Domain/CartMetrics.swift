package import ServiceKit

/// The metrics of cart-service.
package enum CartMetrics {
    static let service = "cart-service"

    static let changed = Metric(
        .counter, "magpie.carts.changed", unit: "{change}", labels: ["change"], help: "Changes of carts by customers.")

    package static let all: [Metric] = [changed]
}
