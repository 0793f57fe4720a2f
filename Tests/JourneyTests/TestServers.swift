import Foundation
import TestSupport

/// The engines that `scripts/with-…` have started for the tests of the cluster.
enum TestServers {
    private static let environment = ProcessInfo.processInfo.environment
    private static let postgres = TestServer.postgres ?? TestServer(host: "", port: 0)

    static func postgresURL(database: String, user: String = "magpie") -> String {
        "postgres://\(user)@\(postgres.host):\(postgres.port)/\(database)?sslmode=disable"
    }

    static let kafka = environment["MAGPIE_TEST_KAFKA"] ?? ""

    private static let redis = (environment["MAGPIE_TEST_REDIS"] ?? "").split(separator: ":").map(String.init)
    static let redisURL = "redis://\(redis.prefix(2).joined(separator: ":"))/0"
    static let redisPassword = redis.count > 2 ? redis[2] : ""

    /// Runs SQL as the server's owner.
    @discardableResult
    static func psql(_ statement: String, database: String = "postgres") throws -> String {
        try postgres.psql(statement, database: database)
    }
}
