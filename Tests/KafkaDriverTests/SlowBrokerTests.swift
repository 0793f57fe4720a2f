import CKafka
import EventContract
import EventLog
import KafkaDriver
import TestSupport
import Testing

/// The mock broker of librdkafka, which holds a fetch request until there are records, and responds with a set delay.
@Suite(.timeLimit(.minutes(1)))
struct SlowBrokerTests {
    /// A pause discards the responses in flight: with a pause too early, a member or the reader of dead letters would never
    /// get a record.
    @Test(arguments: [0, 100]) func aPauseNeverStarvesAReader(milliseconds: Int32) async throws {
        try await withSlowBroker(milliseconds) { brokers in
            var settings = try KafkaSettings(brokers: brokers)
            settings.idlePause = .milliseconds(50)
            try await withKafkaLog(on: settings) { log in
                for number in 1...2 {
                    let event = try SampleEvents.cancelled("\(number)")
                    try await log.publish([event])
                    let batch = try await log.poll(atLeast: 1)
                    #expect(batch.map(\.event) == [event])
                    #expect(try await log.commit(batch[0], group: "g"))
                    // Returns when the reader has read the dead letter.
                    try await log.deadLetter(event, group: "g", reason: "r")
                }
                #expect(try await log.deadLetters().count == 2)
            }
        }
    }

    private func withSlowBroker(_ milliseconds: Int32, _ body: (String) async throws -> Void) async throws {
        let configuration = rd_kafka_conf_new()
        rd_kafka_conf_set(configuration, "log_level", "0", nil, 0)
        let client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, nil, 0)
        defer { rd_kafka_destroy(client) }
        let cluster = rd_kafka_mock_cluster_new(client, 1)
        defer { rd_kafka_mock_cluster_destroy(cluster) }
        for topic in TopicDeclaration.all { rd_kafka_mock_topic_create(cluster, topic.name, 1, 1) }
        rd_kafka_mock_broker_set_rtt(cluster, 1, milliseconds)
        try await body(String(cString: rd_kafka_mock_cluster_bootstraps(cluster)))
    }
}
