/// Every service of the shop. Commands, processes, settings, `scripts/cluster`, `docker-compose.yml`, Prometheus's targets
/// and the documents follow from this list, or are held against it by tests; `magpie services` prints it.
enum ServiceList {
    /// In the order in which they are shown.
    static let modules: [any ServiceModule.Type] = [
        APIGatewayModule.self, StorefrontModule.self, AuthModule.self, ProductModule.self, CartModule.self,
        OfferModule.self, OrderModule.self, AnalyticsIngestModule.self, AnalyticsModule.self, NotificationModule.self,
        AuditModule.self,
    ]

    static let declarations = modules.map { $0.declaration }
    static let names = declarations.map(\.name)
    static let consumerGroups = declarations.filter { !$0.consumes.isEmpty }.map(\.name)

    static func module(named name: String) -> (any ServiceModule.Type)? {
        modules.first { $0.declaration.name == name }
    }

    /// Each service calls only services of earlier layers: made from the first layer on, stopped from the last.
    static let layers: [[any ServiceModule.Type]] = {
        var layers: [[any ServiceModule.Type]] = []
        var placed: Set<String> = []
        var rest = modules
        while !rest.isEmpty {
            let next = rest.filter { placed.isSuperset(of: $0.declaration.calledNames) }
            precondition(!next.isEmpty, "these call each other, or are not in the list: \(rest)")
            layers.append(next)
            placed.formUnion(next.map { $0.declaration.name })
            rest.removeAll { placed.contains($0.declaration.name) }
        }
        return layers
    }()

    /// Each service after those that it calls.
    static let inOrderOfCalls = layers.flatMap(\.self)
}
