import Foundation
package import PostgresDriver

/// A server for tests, named by an environment variable.
///
/// `scripts/engine-tests` finds the test targets that use one by the name of the property: `TestServer.redis`.
package struct TestServer: Sendable {
    package let host: String
    package let port: Int
    package let password: String?

    /// `MAGPIE_TEST_POSTGRES`, as `scripts/with-postgres` sets it.
    package static let postgres = TestServer(variable: "MAGPIE_TEST_POSTGRES")

    /// `MAGPIE_TEST_KAFKA`, as `scripts/with-kafka` sets it.
    package static let kafka = TestServer(variable: "MAGPIE_TEST_KAFKA")

    /// `MAGPIE_TEST_REDIS`, as `scripts/with-redis` sets it.
    package static let redis = TestServer(variable: "MAGPIE_TEST_REDIS")

    /// The variable has the form `host:port` or `host:port:password`.
    private init?(variable: String) {
        guard let text = ProcessInfo.processInfo.environment[variable] else { return nil }
        let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
        guard parts.count >= 2, let port = Int(parts[1]) else { return nil }
        self.init(host: parts[0], port: port, password: parts.count > 2 ? parts[2] : nil)
    }

    package init(host: String, port: Int, password: String? = nil) {
        self.host = host
        self.port = port
        self.password = password
    }

    package func settings(schema: String) -> PostgresSettings {
        var settings = PostgresSettings(
            host: host, port: port, user: "magpie", database: "postgres", schema: schema, tls: .disable)
        // Many tests share the server and the machine: hundreds of calls wait for a session.
        settings.maximumConnections = 4
        settings.acquireTimeout = .seconds(60)
        settings.lockTimeout = .seconds(30)
        settings.statementTimeout = .seconds(60)
        return settings
    }

    /// Runs SQL as the server's owner, outside a transaction. Returns what `psql` prints; throws when it fails.
    @discardableResult
    package func psql(_ statement: String, database: String = "postgres") throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "psql", "-h", host, "-p", "\(port)", "-U", "magpie", "-d", database, "-qAt", "-v", "ON_ERROR_STOP=1", "-c",
            statement,
        ]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw PsqlFailure(output: text) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private struct PsqlFailure: Error {
        var output: String
    }

    /// Runs `body` on a new schema, and drops it afterwards.
    package func withSchema<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: (PostgresDatabase) async throws -> Value
    ) async throws -> Value {
        try await schemas.use { try await withNewSchema(body) }
    }

    private func withNewSchema<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: (PostgresDatabase) async throws -> Value
    ) async throws -> Value {
        let schema = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        let database = PostgresDatabase(settings(schema: schema))
        try await database.createSchema()
        let result: Result<Value, any Error>
        do { result = .success(try await body(database)) } catch { result = .failure(error) }
        try await database.dropSchema()
        database.close()
        return try result.get()
    }
}
