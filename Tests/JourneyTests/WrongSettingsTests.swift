import Foundation
import Testing

/// A service that cannot use its engines logs the setting, stays alive and not ready, ends at once on SIGTERM, and becomes
/// ready as soon as the fault is corrected.
@Suite(.serialized, .shape(.cluster))
struct WrongSettingsTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var service: String
        var environment: [String: String]
        /// The expected words of the log.
        var words: [String]
    }

    private static let nobody = "127.0.0.1:1"

    static let faults = [
        Fault(
            testDescription: "no PostgreSQL there", service: "auth-service",
            environment: ["MAGPIE_DATABASE_URL": "postgres://magpie@\(nobody)/shop"], words: ["MAGPIE_DATABASE_URL"]),
        Fault(
            testDescription: "PostgreSQL without TLS", service: "order-service",
            environment: [
                "MAGPIE_DATABASE_URL": TestServers.postgresURL(database: "postgres").replacing(
                    "disable", with: "require")
            ], words: ["MAGPIE_DATABASE_URL", "SSL"]),
        Fault(
            testDescription: "no such database", service: "product-service",
            environment: ["MAGPIE_DATABASE_URL": TestServers.postgresURL(database: "nowhere")],
            words: ["MAGPIE_DATABASE_URL", "nowhere"]),
        Fault(
            testDescription: "no Redis there", service: "cart-service",
            environment: ["MAGPIE_REDIS_URL": "redis://\(nobody)/0"], words: ["MAGPIE_REDIS_URL"]),
        Fault(
            testDescription: "wrong password for Redis", service: "cart-service",
            environment: ["MAGPIE_REDIS_PASSWORD": "guessed"], words: ["MAGPIE_REDIS_PASSWORD"]),
        Fault(
            testDescription: "no Kafka there", service: "analytics-ingest",
            environment: ["MAGPIE_KAFKA_BROKERS": nobody], words: ["MAGPIE_KAFKA_BROKERS"]),
        Fault(
            testDescription: "Kafka without TLS", service: "analytics-ingest",
            environment: ["MAGPIE_KAFKA_SECURITY": "ssl"], words: ["MAGPIE_KAFKA_SECURITY"]),
    ]

    @Test(arguments: faults) func theSettingIsNamed(_ fault: Fault) async throws {
        try await Self.withService(fault.service, fault.environment) { service in
            try await Self.expectWaiting(service, saying: fault.words)
            let (status, duration) = service.stop()
            #expect(status == 0, "\(service.log)")
            // A request to Kafka may be running.
            #expect(duration < .seconds(6))
        }
    }

    /// The public endpoints limit requests without it.
    @Test func publicEndpointsWorkWithoutRedis() async throws {
        var environment = Self.environment(of: try await Self.migratedDatabase())
        environment["MAGPIE_REDIS_URL"] = "redis://\(Self.nobody)/0"
        for name in ["api-gateway", "storefront"] {
            try await Self.withService(name, environment) { service in
                try await service.eventuallyReady()
                #expect(service.stop().status == 0)
            }
        }
    }

    @Test func aCorrectedPasswordMakesTheServiceReady() async throws {
        let database = try await Self.migratedDatabase()
        // scripts/with-postgres asks this role alone for its password.
        try TestServers.psql("CREATE ROLE guarded SUPERUSER LOGIN PASSWORD 'another'")
        let guarded = [
            "MAGPIE_DATABASE_URL": TestServers.postgresURL(database: database, user: "guarded"),
            "MAGPIE_DATABASE_PASSWORD": "right",
        ]
        let environment = Self.environment(of: database).merging(guarded) { $1 }
        try await Self.withService("auth-service", environment) { service in
            try await Self.expectWaiting(service, saying: ["MAGPIE_DATABASE_PASSWORD", "password"])
            try TestServers.psql("ALTER ROLE guarded PASSWORD 'right'")
            try await service.eventuallyReady()
            #expect(service.stop().status == 0)
        }
    }

    @Test func aServiceWaitsForSchemasAndTopics() async throws {
        let environment = Self.environment(of: try Self.emptyDatabase())
        for name in ["audit-service", "analytics-ingest"] {
            try await Self.withService(name, environment) { service in
                try await Self.expectWaiting(service, saying: ["magpie migrate"])
                if name == "analytics-ingest" {
                    let migrated = try runProgram(RunningShop.executable, ["migrate"], environment: environment)
                    #expect(migrated.status == 0, "\(migrated.output)")
                    try await service.eventuallyReady()
                }
                let (status, duration) = service.stop()
                #expect(status == 0, "\(service.log)")
                #expect(duration < .seconds(6))
            }
        }
    }

    @Test func dataOfANewerVersionEndsTheService() async throws {
        let database = try await Self.migratedDatabase()
        try TestServers.psql(
            "INSERT INTO auth.schema_migrations (position, id) SELECT count(*), 'of_tomorrow' FROM auth.schema_migrations",
            database: database)
        try await Self.withService("auth-service", Self.environment(of: database)) { service in
            try await service.eventually("has ended") { !service.isRunning }
            #expect(service.waitUntilExit() == 1)
            #expect(service.log.contains("newer Magpie") && service.log.contains("of_tomorrow"), "\(service.log)")
        }
    }

    /// Otherwise an operator's newer program would change schemas of running services.
    @Test func commandsLeaveSchemasToMigrate() async throws {
        let database = try Self.emptyDatabase()
        let environment = Self.environment(of: database)
        try await withFolder { folder in
            for command in [["audit", "verify"], ["events", "dead-letters"], ["export", "orders"], ["doctor"]] {
                let result = try runProgram(
                    RunningShop.executable, command + ["--data", folder.path], environment: environment)
                #expect(result.status == 1 && result.output.contains("magpie migrate"), "\(command): \(result.output)")
            }
            let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname IN ('auth', 'order')"
            #expect(try TestServers.psql(schemas, database: database) == "0")
            let migrated = try runProgram(RunningShop.executable, ["migrate"], environment: environment)
            #expect(migrated.status == 0, "\(migrated.output)")
            #expect(try TestServers.psql(schemas, database: database) == "2")
            let verified = try runProgram(
                RunningShop.executable, ["audit", "verify", "--data", folder.path], environment: environment)
            #expect(verified.status == 0, "\(verified.output)")
        }
    }

    // MARK: Parts

    /// Alive, not ready, with one log message while nothing changes.
    private static func expectWaiting(_ service: SingleService, saying words: [String]) async throws {
        try await service.eventually("says \(words)") { words.allSatisfy(service.log.contains) }
        try await Task.sleep(for: .seconds(2))  // Nothing must happen.
        #expect(service.isRunning, "\(service.log)")
        let (live, ready) = (await service.status(of: "/livez"), await service.status(of: "/readyz"))
        #expect(live == 200)
        #expect(ready == 503)
        let complaints = service.log.split(separator: "\n").filter {
            $0.contains("Waiting for the backends of this service")
        }
        #expect((1...3).contains(complaints.count), "\(service.log)")
    }

    private static func withService(
        _ name: String, _ environment: [String: String], _ body: (SingleService) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let right = Self.environment(of: "postgres")
            let service = try SingleService(name, in: folder, environment: right.merging(environment) { $1 })
            defer { if service.isRunning { _ = service.stop() } }
            try await body(service)
        }
    }

    private static func environment(of database: String) -> [String: String] {
        [
            "MAGPIE_DATABASE_URL": TestServers.postgresURL(database: database),
            "MAGPIE_REDIS_URL": TestServers.redisURL, "MAGPIE_REDIS_PASSWORD": TestServers.redisPassword,
            "MAGPIE_KAFKA_BROKERS": TestServers.kafka, "MAGPIE_KAFKA_PREFIX": "\(database).",
        ]
    }

    private static func emptyDatabase() throws -> String {
        let name = "settings_\(UInt32.random(in: .min ... .max))"
        try TestServers.psql("CREATE DATABASE \(name)")
        return name
    }

    private static func migratedDatabase() async throws -> String {
        let name = try emptyDatabase()
        let migrated = try runProgram(RunningShop.executable, ["migrate"], environment: environment(of: name))
        try #require(migrated.status == 0, "\(migrated.output)")
        return name
    }
}
