import Configuration
import EventLog

/// What everybody has to know about a service: ports, settings, manifests and documents follow from it.
struct ServiceDeclaration: Sendable {
    /// What a service can be attached to; in one process the data folder takes its place.
    enum Backend: String, Sendable, CaseIterable {
        case sql, redis, kafka

        /// The name of the server.
        var product: String {
            switch self {
            case .sql: "PostgreSQL"
            case .redis: "Redis"
            case .kafka: "Kafka"
            }
        }
    }

    /// The files of the data folder that a service uses in a process of its own.
    enum Files: Sendable {
        case none
        case reads(String)
        case writes(String)
    }

    /// Such as `order-service`: its argument of `magpie serve`, its host name, its consumer group.
    let name: String
    /// nil: nobody calls it.
    let port: Int?
    /// The data that no other service opens.
    let owns: String
    /// The variable of `infra/local/nginx.conf.template` that lists its addresses; nil: customers do not reach it.
    var proxyVariable: String?
    /// What it cannot do without in a process of its own.
    var needs: [Backend] = []
    /// What it works better with: public services count requests for all replicas together where there is a Redis.
    var uses: [Backend] = []
    var files = Files.none
    /// The services it calls. Every one that is called with a customer's token asks auth-service for its keys.
    var calls: [any CallableModule.Type] = []
    /// The topics that it writes events to.
    var produces: [Topic] = []
    /// What its consumer group, which has the service's name, reads.
    var consumes: [Topic] = []
}

extension ServiceDeclaration {
    var isPublic: Bool { proxyVariable != nil }

    var calledNames: [String] { calls.map { $0.declaration.name } }

    /// `MAGPIE_ORDER_SERVICE_ADDRESS`: where others find it.
    var addressVariable: String { "MAGPIE_\(name.uppercased().replacing("-", with: "_"))_ADDRESS" }

    /// The key of ``addressVariable``.
    var addressKey: ConfigKey { ConfigKey(name.split(separator: "-").map(String.init) + ["address"]) }

    /// Whether it reads files of the data folder and writes none.
    var isFileReader: Bool { if case .reads = files { true } else { false } }

    /// The files of the data folder in words; nil for none.
    var dataFolder: String? {
        switch files {
        case .none: nil
        case .reads(let files): "\(files) (only read)"
        case .writes(let files): files
        }
    }
}
