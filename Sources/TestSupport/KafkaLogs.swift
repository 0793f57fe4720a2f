import Foundation
package import KafkaDriver
import Logging

extension TestServer {
    /// With topics and groups of their own.
    package func kafkaSettings() throws -> KafkaSettings {
        var settings = try KafkaSettings(brokers: "\(host):\(port)")
        settings.topicPrefix = "t\(UUID().uuidString.prefix(8).lowercased())."
        settings.sessionTimeout = .seconds(6)
        return settings
    }

    /// Runs `body` on a new event log with new topics, and closes it afterwards.
    package func withKafkaLog<Value>(
        _ settings: KafkaSettings? = nil, isolation: isolated (any Actor)? = #isolation,
        _ body: (KafkaEventLog, KafkaSettings) async throws -> Value
    ) async throws -> Value {
        let settings = try settings ?? kafkaSettings()
        let log = try KafkaEventLog(
            settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await log.createTopics()
        let result: Result<Value, any Error>
        do { result = .success(try await body(log, settings)) } catch { result = .failure(error) }
        await log.close()
        return try result.get()
    }
}
