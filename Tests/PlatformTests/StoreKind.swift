import Foundation
import KeyValue
import Logging
import RedisDriver
import TestSupport
import Testing

/// The stores that have to behave alike.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case embedded, redis

    var testDescription: String { rawValue }

    /// Runs `body` on an empty store.
    ///
    /// - Parameter body: Also gets what lets time pass for the store.
    func withStore(
        _ body: (any KeyValueStore, _ letPass: (Duration) async throws -> Void) async throws -> Void
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
            guard let settings = try Self.redisSettings() else { try Test.cancel("run it by scripts/with-redis") }
            let client = RedisClient(settings, logger: Logger(label: "test"))
            defer { client.close() }
            // Redis has its own clock, which cannot be moved.
            try await body(RedisKeyValueStore(client, prefix: "\(UUID()):")) { try await Task.sleep(for: $0) }
        }
    }

    /// `MAGPIE_TEST_REDIS`, as `scripts/with-redis` sets it.
    private static func redisSettings() throws -> RedisSettings? {
        guard let text = ProcessInfo.processInfo.environment["MAGPIE_TEST_REDIS"] else { return nil }
        let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
        return try RedisSettings(
            url: "redis://\(parts.prefix(2).joined(separator: ":"))", password: parts.count > 2 ? parts[2] : nil)
    }
}
