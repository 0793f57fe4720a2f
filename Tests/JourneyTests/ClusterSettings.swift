import Foundation
import KafkaDriver
import PostgresDriver

/// The environment that `scripts/cluster` gave the processes of a folder's shop.
struct ClusterSettings {
    let values: [String: String]

    /// nil for a shop in one process.
    init?(of folder: URL) throws {
        let file = folder.appending(path: "cluster.json")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        values = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
    }

    /// The name of the shop's database.
    var database: String {
        URLComponents(string: values["MAGPIE_DATABASE_URL"] ?? "").map { String($0.path.dropFirst()) } ?? ""
    }

    func postgres(schema: String) throws -> PostgresSettings {
        guard let url = URLComponents(string: values["MAGPIE_DATABASE_URL"] ?? ""), let host = url.host,
            let port = url.port, let user = url.user
        else { throw ShopFailure("cluster.json names no database") }
        return PostgresSettings(
            host: host, port: port, user: user, database: database, schema: schema, tls: .disable)
    }

    var kafka: KafkaSettings {
        get throws {
            var settings = try KafkaSettings(brokers: values["MAGPIE_KAFKA_BROKERS"] ?? "")
            settings.idlePause = .milliseconds(Int(values["MAGPIE_KAFKA_IDLE_PAUSE"] ?? "") ?? 0)
            settings.topicPrefix = values["MAGPIE_KAFKA_PREFIX"] ?? ""
            return settings
        }
    }
}
