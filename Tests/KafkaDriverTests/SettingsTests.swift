import EventLog
import KafkaDriver
import Logging
import Testing

@Suite struct SettingsTests {
    @Test(arguments: [
        "", "kafka", "kafka:", "kafka:0", ":9092", "kafka:9092,", "kafka:9092, other:9092", "kafka:99999",
    ])
    func brokersThatCannotBeAreRefusedByName(_ brokers: String) {
        let error = #expect(throws: KafkaError.self) { try KafkaSettings(brokers: brokers) }
        #expect(error?.message.contains("MAGPIE_KAFKA_BROKERS") == true)
    }

    @Test func aPasswordIsRequiredAndNeverShown() throws {
        #expect(throws: KafkaError.self) { try KafkaSettings(brokers: "kafka:9092", security: .sasl, user: "magpie") }
        let settings = try KafkaSettings(
            brokers: "kafka:9092,[::1]:9093", security: .saslOverTLS, user: "magpie", password: "hunter2")
        var shown = "\(settings) \(String(reflecting: settings)) \(Optional(settings) as Any)"
        dump(settings, to: &shown)
        #expect(!shown.contains("hunter2"))
    }

    /// Settings that librdkafka refuses are reported when the log is made, not when the first event is lost.
    @Test func aClientCanBeMadeForEveryKindOfSecurity() async throws {
        for security in KafkaSettings.Security.allCases {
            let settings = try KafkaSettings(
                brokers: "127.0.0.1:9", security: security, user: "magpie", password: "hunter2")
            let log = try KafkaEventLog(settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            await log.close()
        }
        let missing = try KafkaSettings(
            brokers: "127.0.0.1:9", security: .tls, certificateAuthority: "/nowhere/ca.pem")
        #expect(throws: KafkaError.self) { try KafkaEventLog(missing, logger: Logger(label: "test")) }
    }
}
