/// Names and ports of every service, in one place.
struct ServiceCatalogue {
    struct Entry: Sendable {
        enum Transport: String, Sendable { case http = "HTTP", grpc = "gRPC", consumer = "Kafka consumer group" }
        let name: String
        let port: Int?
        let transport: Transport
    }

    static let services: [Entry] = [
        Entry(name: "api-gateway", port: 8080, transport: .http),
        Entry(name: "storefront", port: 3000, transport: .http),
        Entry(name: "auth-service", port: 50_051, transport: .grpc),
        Entry(name: "product-service", port: 50_051, transport: .grpc),
        Entry(name: "cart-service", port: 7070, transport: .http),
        Entry(name: "offer-service", port: 50_051, transport: .grpc),
        Entry(name: "order-service", port: 7080, transport: .http),
        Entry(name: "analytics-ingest", port: 8080, transport: .http),
        Entry(name: "analytics-service", port: nil, transport: .consumer),
        Entry(name: "notification-service", port: nil, transport: .consumer),
        Entry(name: "audit-service", port: nil, transport: .consumer),
    ]

    static let consumerGroups = services.filter { $0.transport == .consumer }.map(\.name)
}
