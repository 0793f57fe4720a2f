import EventContract
import EventLog
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
        return try await TestSupport.withKafkaLog(on: settings) { log in
            try await log.createTopics(TopicDeclaration.all)
            return try await body(log, settings)
        }
    }
}

/// Runs `body` on another log of existing topics, as in another process.
package func withKafkaLog<Value>(
    on settings: KafkaSettings, isolation: isolated (any Actor)? = #isolation,
    _ body: (KafkaEventLog) async throws -> Value
) async throws -> Value {
    let log = try KafkaEventLog(settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let result: Result<Value, any Error>
    do { result = .success(try await body(log)) } catch { result = .failure(error) }
    await log.close()
    return try result.get()
}
