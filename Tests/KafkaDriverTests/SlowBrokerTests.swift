import CKafka
import EventContract
import EventLog
import KafkaDriver
import TestSupport
import Testing

/// librdkafka's own broker, which holds a request for events until something comes, and answers as late as it is told.
@Suite(.timeLimit(.minutes(1)))
struct SlowBrokerTests {
    /// A rest throws away what is on its way: resting too soon, a member or the reader of letters would never get anything.
    @Test(arguments: [0, 100]) func aPauseNeverStarvesAReader(milliseconds: Int32) async throws {
        try await withSlowBroker(milliseconds) { brokers in
            var settings = try KafkaSettings(brokers: brokers)
            settings.idlePause = .milliseconds(50)
            try await withKafkaLog(on: settings) { log in
                for number in 1...2 {
                    let event = try event("\(number)")
                    try await log.publish([event])
                    let batch = try await log.poll(atLeast: 1)
                    #expect(batch.map(\.event) == [event])
                    #expect(try await log.commit(batch[0], group: "g"))
                    // Whoever wrote a letter waits until the reader has it.
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
