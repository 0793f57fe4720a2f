import Foundation
import KeyValue
import Logging
import RedisDriver
import TestSupport
import Testing

/// The key-value stores, which have the same guarantees.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case embedded, redis

    var testDescription: String { rawValue }

    /// Runs `body` on an empty store.
    ///
    /// - Parameter body: Also gets a function that lets time pass for the store.
    func withStore(
        _ body: (any KeyValueStore, _ advance: (Duration) async throws -> Void) async throws -> Void
    ) async throws {
        switch self {
        case .embedded:
            try await withDatabase(EmbeddedKeyValueStore.migrations) { database in
                let clock = TestClock()
                try await body(EmbeddedKeyValueStore(database: database, clock: clock.clock)) {
                    clock.advance(by: $0)
                }
            }
        case .redis:
            guard let server = TestServer.redis else { try Test.cancel("run it by scripts/with-redis") }
            let client = RedisClient(
                RedisSettings(host: server.host, port: server.port, password: server.password),
                logger: Logger(label: "test"))
            defer { client.close() }
            // Redis has its own clock, which cannot be changed.
            try await body(RedisKeyValueStore(client, prefix: "\(UUID()):")) { try await Task.sleep(for: $0) }
        }
    }
}
