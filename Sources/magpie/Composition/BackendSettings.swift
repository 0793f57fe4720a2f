import ArgumentParser
import Configuration
import Foundation
import KafkaDriver
import PostgresDriver
import RPC
import RedisDriver

/// The servers a shop of many processes is attached to; without them it keeps everything in its data folder.
struct BackendSettings: Sendable {
    /// All services' schemas; `schema` is filled in for each.
    var database: PostgresSettings?
    var redis: RedisSettings?
    var kafka: KafkaSettings?
    /// The secret that all services of a shop share, by which they authenticate to each other.
    var serviceKey: String?
    /// Where services listen, by their names.
    var addresses: [String: [ServiceAddress]]

    /// ## Configuration keys
    /// - `MAGPIE_DATABASE_URL`: `postgres://user@host:port/database?sslmode=verify-full`; several hosts with commas.
    /// - `MAGPIE_DATABASE_PASSWORD` (secret), `MAGPIE_DATABASE_CA_FILE`, `MAGPIE_DATABASE_CONNECTIONS` (8) a service.
    /// - `MAGPIE_REDIS_URL`: `redis://[user@]host[:port][/database]`; `MAGPIE_REDIS_PASSWORD` (secret).
    /// - `MAGPIE_KAFKA_BROKERS`: `host:port`, several with commas; `MAGPIE_KAFKA_SECURITY` (`plaintext`, `ssl`,
    ///   `sasl_plaintext`, `sasl_ssl`), `MAGPIE_KAFKA_CA_FILE`, `MAGPIE_KAFKA_USER`, `MAGPIE_KAFKA_PASSWORD` (secret),
    ///   `MAGPIE_KAFKA_MECHANISM` (`SCRAM-SHA-512`, `SCRAM-SHA-256`, `PLAIN`),
    ///   `MAGPIE_KAFKA_ASSIGNMENT` (`range`, `roundrobin`, `cooperative-sticky`), `MAGPIE_KAFKA_REPLICATION`,
    ///   `MAGPIE_KAFKA_PREFIX` (before the names of topics and groups, where several shops share brokers),
    ///   `MAGPIE_KAFKA_INSTANCE` (a name of this process's own that stays over restarts),
    ///   `MAGPIE_KAFKA_SESSION_TIMEOUT` (10 seconds), `MAGPIE_KAFKA_IDLE_PAUSE` (milliseconds; 0, for brokers other than
    ///   Kafka that do not hold empty fetches).
    /// - `MAGPIE_SERVICE_KEY` (secret): at least 32 characters, the same for all services.
    /// - `MAGPIE_<SERVICE>_ADDRESS`: `host:port`, several with commas (`auth-service:50051`, …).
    ///
    /// Throws `ValidationError` naming the variable.
    init(config: ConfigReader) throws {
        database = try config.string(forKey: "database.url").map { text in
            try PostgresSettings(
                url: text, password: config.secret("database.password", "MAGPIE_DATABASE_PASSWORD"),
                certificateAuthority: config.string(forKey: "database.ca.file"),
                connections: config.number(
                    "database.connections", "MAGPIE_DATABASE_CONNECTIONS", in: 1...200, default: 8))
        }
        redis = try config.string(forKey: "redis.url").map { text in
            try RedisSettings(url: text, password: config.secret("redis.password", "MAGPIE_REDIS_PASSWORD"))
        }
        kafka = try config.string(forKey: "kafka.brokers").map { brokers in
            try KafkaSettings(brokers: brokers, config: config)
        }
        serviceKey = try config.secret("service.key", "MAGPIE_SERVICE_KEY")
        if let serviceKey, serviceKey.utf8.count < 32 {
            throw ValidationError("MAGPIE_SERVICE_KEY must have at least 32 characters")
        }
        addresses = try ServiceList.declarations.reduce(into: [:]) { addresses, service in
            guard let port = service.port else { return }
            let text = config.string(forKey: service.addressKey, default: "\(service.name):\(port)")
            guard let list = ServiceAddress.list(text) else {
                throw ValidationError(
                    "\(service.addressVariable) must be host:port, several with commas, not '\(text)'")
            }
            addresses[service.name] = list
        }
    }
}

extension BackendSettings {
    /// What is in force, without secrets.
    var summary: [String] {
        let database = database.map {
            "postgres://\($0.user)@\($0.address)/\($0.database), TLS \($0.tls.rawValue)"
        }
        let brokers = kafka.map { "\($0.brokers), \($0.security.rawValue)" }
        let inFiles = "files in the data folder"
        return [
            "databases        \(database ?? inFiles)", "carts            \(redis.map { "\($0)" } ?? inFiles)",
            "events           \(brokers ?? inFiles)",
            "service key      \(serviceKey == nil ? "none: magpie serve needs MAGPIE_SERVICE_KEY" : "set")",
        ]
    }

    /// A secret for one purpose, the same in every process that has the service key; nil without one.
    func derivedSecret(_ purpose: String) -> [UInt8]? {
        serviceKey.map { ServiceCredential(name: "magpie", secret: $0).derived(for: purpose) }
    }
}

extension BackendSettings {
    /// Without the backends that the service does not use.
    func limited(to service: ServiceDeclaration) -> BackendSettings {
        var limited = self
        let used = service.needs + service.uses
        if !used.contains(.sql) { limited.database = nil }
        if !used.contains(.redis) { limited.redis = nil }
        if !used.contains(.kafka) { limited.kafka = nil }
        return limited
    }

    /// Throws `Fault` that names the setting a service cannot do without.
    func require(for service: ServiceDeclaration) throws {
        for backend in service.needs {
            let (isThere, name) =
                switch backend {
                case .sql: (database != nil, "MAGPIE_DATABASE_URL")
                case .redis: (redis != nil, "MAGPIE_REDIS_URL")
                case .kafka: (kafka != nil, "MAGPIE_KAFKA_BROKERS")
                }
            guard isThere else { throw Fault("\(service.name) needs \(name)") }
        }
    }
}

extension PostgresSettings {
    fileprivate init(url text: String, password: String?, certificateAuthority: String?, connections: Int) throws {
        func fault(_ problem: String) -> ValidationError { ValidationError("MAGPIE_DATABASE_URL \(problem)") }
        // Several hosts, as libpq takes them, are no URL of Foundation's: those after the first are read apart.
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let (further, rest) =
            parts.dropFirst().last.map { last in
                let end = last.firstIndex { "/?".contains($0) } ?? last.endIndex
                return (parts.dropFirst().dropLast() + [last[..<end]], String(last[end...]))
            } ?? ([], "")
        func url(_ text: String) -> URLComponents? {
            URLComponents(string: text).flatMap { ["postgres", "postgresql"].contains($0.scheme) ? $0 : nil }
        }
        let hosts = ([String(parts[0])] + further.map { "postgres://\($0)" }).compactMap { text in
            url(text).flatMap { url in url.host.map { Host(name: $0, port: url.port ?? 5432) } }
        }
        guard let url = url(parts[0] + rest), let user = url.user, hosts.count == further.count + 1,
            hosts.allSatisfy({ !$0.name.isEmpty })
        else { throw fault("must be postgres://user@host:port/database, several hosts with commas") }
        guard url.password == nil else { throw fault("must hold no password: set MAGPIE_DATABASE_PASSWORD") }
        let mode = url.queryItems?.first { $0.name == "sslmode" }?.value ?? TLS.prefer.rawValue
        guard let tls = TLS(rawValue: mode) else {
            throw fault("has an unknown sslmode: \(TLS.allCases.map(\.rawValue).joined(separator: ", ")) are known")
        }
        let name = String(url.path.drop { $0 == "/" })
        self.init(
            hosts: hosts, user: user, password: password, database: name.isEmpty ? user : name, schema: "public",
            tls: tls, certificateAuthority: certificateAuthority)
        maximumConnections = connections
    }
}

extension KafkaSettings {
    fileprivate init(brokers: String, config: ConfigReader) throws {
        func choice<Value: RawRepresentable & CaseIterable>(
            _ key: ConfigKey, _ name: String, default standard: Value
        ) throws -> Value where Value.RawValue == String {
            guard let text = config.string(forKey: key) else { return standard }
            guard let value = Value(rawValue: text) else {
                let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("\(name) must be one of \(known), not '\(text)'")
            }
            return value
        }
        try self.init(
            brokers: brokers,
            security: choice("kafka.security", "MAGPIE_KAFKA_SECURITY", default: Security.plaintext),
            certificateAuthority: config.string(forKey: "kafka.ca.file"), user: config.string(forKey: "kafka.user"),
            password: config.secret("kafka.password", "MAGPIE_KAFKA_PASSWORD"))
        mechanism = try choice("kafka.mechanism", "MAGPIE_KAFKA_MECHANISM", default: Mechanism.scramSHA512)
        assignment = try choice("kafka.assignment", "MAGPIE_KAFKA_ASSIGNMENT", default: Assignment.range)
        idlePause = .milliseconds(
            try config.number("kafka.idle.pause", "MAGPIE_KAFKA_IDLE_PAUSE", in: 0...10_000, default: 0))
        instance = config.string(forKey: "kafka.instance")
        sessionTimeout = .seconds(
            try config.number("kafka.session.timeout", "MAGPIE_KAFKA_SESSION_TIMEOUT", in: 6...1_800, default: 10))
        topicPrefix = config.string(forKey: "kafka.prefix", default: "")
        replicationFactor = try config.number(
            "kafka.replication", "MAGPIE_KAFKA_REPLICATION", in: 1...100, default: replicationFactor)
    }
}
