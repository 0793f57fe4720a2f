/// Every topic that carries events.
package enum Topic: String, Sendable, CaseIterable {
    case accounts = "magpie.accounts"
    case catalogue = "magpie.catalogue"
    case orders = "magpie.orders"
    case behaviour = "magpie.behaviour"
    case staff = "magpie.staff"

    /// How long the log keeps its events; nil is for ever: they are the shop's history.
    package var retention: Duration? { declaration.retention }

    package var declaration: TopicDeclaration {
        switch self {
        case .accounts:
            TopicDeclaration(
                name: rawValue, partitions: 6, key: "customer id, or a digest of the address a failed login named",
                producers: ["auth-service"], consumers: ["audit-service"])
        case .catalogue:
            TopicDeclaration(
                name: rawValue, partitions: 6, key: "product id", producers: ["product-service"],
                consumers: ["audit-service"])
        case .orders:
            TopicDeclaration(
                name: rawValue, partitions: 12, key: "order id", producers: ["order-service"],
                consumers: ["analytics-service", "audit-service", "notification-service"])
        case .behaviour:
            TopicDeclaration(
                name: rawValue, partitions: 12, retention: .seconds(30 * 86_400), key: "session id",
                producers: ["analytics-ingest"], consumers: ["analytics-service"])
        case .staff:
            TopicDeclaration(
                name: rawValue, partitions: 3, key: "staff member or operator",
                producers: ["api-gateway", "auth-service", "magpie events", "magpie export", "magpie mail"],
                consumers: ["audit-service"])
        }
    }
}
