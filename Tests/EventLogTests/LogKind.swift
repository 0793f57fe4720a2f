import EventLog
import TestSupport
import Testing

/// The event logs, which have the same guarantees.
enum LogKind: String, CaseIterable, CustomTestStringConvertible {
    case embedded, kafka

    var testDescription: String { rawValue }

    /// Runs `body` on a new log.
    func withLog(_ body: (any EventLog) async throws -> Void) async throws {
        switch self {
        case .embedded: try await withEventLog(body)
        case .kafka:
            guard let server = TestServer.kafka else { try Test.cancel("run it by scripts/with-kafka") }
            try await server.withKafkaLog { log, _ in try await body(log) }
        }
    }
}
