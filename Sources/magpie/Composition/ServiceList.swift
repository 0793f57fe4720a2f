/// Names, ports and needs of every service, in one place.
struct ServiceCatalogue {
    struct Entry: Sendable {
        enum Transport: String, Sendable { case http = "HTTP", grpc = "gRPC", consumer = "Kafka consumer group" }
        enum Engine: String, Sendable { case sql, redis, kafka }
        let name: String
        /// nil: nobody calls it.
        let port: Int?
        let transport: Transport
        /// What it cannot do without in a process of its own.
        let needs: [Engine]
        /// What it works better with: doors count requests for all replicas together where there is a Redis.
        var uses: [Engine] = []
        /// Whether it reads files of the data folder and writes none.
        var readsFilesOnly = false
        /// The services it calls. Every one that is called with a customer's token asks auth-service for its keys.
        let calls: [String]
    }

    static let services: [Entry] = [
        Entry(
            name: "api-gateway", port: 8080, transport: .http, needs: [.kafka], uses: [.redis],
            calls: [
                "auth-service", "product-service", "cart-service", "offer-service", "order-service",
                "analytics-ingest", "analytics-service", "audit-service",
            ]),
        Entry(
            name: "storefront", port: 3000, transport: .http, needs: [], uses: [.redis],
            readsFilesOnly: true,
            calls: ["auth-service", "product-service", "cart-service", "order-service", "analytics-ingest"]),
        Entry(name: "auth-service", port: 50_051, transport: .grpc, needs: [.sql, .kafka], calls: []),
        Entry(name: "product-service", port: 50_051, transport: .grpc, needs: [.sql, .kafka], calls: ["auth-service"]),
        Entry(
            name: "cart-service", port: 7070, transport: .http, needs: [.redis],
            calls: ["auth-service", "product-service", "offer-service"]),
        Entry(name: "offer-service", port: 50_051, transport: .grpc, needs: [], calls: ["auth-service"]),
        Entry(
            name: "order-service", port: 7080, transport: .http, needs: [.sql, .kafka],
            calls: ["auth-service", "cart-service", "product-service", "offer-service"]),
        Entry(name: "analytics-ingest", port: 8080, transport: .http, needs: [.kafka], calls: ["auth-service"]),
        // Consumer groups that also answer staff's questions by HTTP.
        Entry(
            name: "analytics-service", port: 7081, transport: .consumer, needs: [.sql, .kafka],
            calls: ["auth-service"]),
        Entry(name: "notification-service", port: nil, transport: .consumer, needs: [.sql, .kafka], calls: []),
        Entry(name: "audit-service", port: 7082, transport: .consumer, needs: [.sql, .kafka], calls: ["auth-service"]),
    ]

    static let consumerGroups = services.filter { $0.transport == .consumer }.map(\.name)
}
