import CKafka
import Commerce
import EventLog

extension KafkaClient {
    /// Creates the topics; existing ones are left as they are. Blocks. Throws `KafkaFailure` or `KafkaError`.
    ///
    /// - Parameter replicationFactor: -1 leaves it to the brokers.
    func create(_ topics: [(name: String, declaration: TopicDeclaration)], replicationFactor: Int) throws {
        if topics.isEmpty { return }
        var reason = [CChar](repeating: 0, count: 512)
        var created: [OpaquePointer?] = topics.map { name, declaration in
            let topic = rd_kafka_NewTopic_new(
                name, Int32(declaration.partitions), Int32(replicationFactor), &reason, reason.count)
            for (name, value) in declaration.brokerSettings { rd_kafka_NewTopic_set_config(topic, name, value) }
            return topic
        }
        defer { for topic in created { rd_kafka_NewTopic_destroy(topic) } }
        let options = rd_kafka_AdminOptions_new(handle, RD_KAFKA_ADMIN_OP_CREATETOPICS)
        defer { rd_kafka_AdminOptions_destroy(options) }
        rd_kafka_AdminOptions_set_operation_timeout(options, 20_000, nil, 0)
        let results = rd_kafka_queue_new(handle)
        defer { rd_kafka_queue_destroy(results) }
        rd_kafka_CreateTopics(handle, &created, created.count, options, results)
        guard let event = rd_kafka_queue_poll(results, 30_000) else { throw KafkaFailure.timedOut }
        defer { rd_kafka_event_destroy(event) }
        try KafkaFailure.check(rd_kafka_event_error(event))
        try Self.check(rd_kafka_event_CreateTopics_result(event))
    }

    private static func check(_ result: OpaquePointer?) throws(KafkaError) {
        var count = 0
        let topics = UnsafeBufferPointer(start: rd_kafka_CreateTopics_result_topics(result, &count), count: count)
        for topic in topics {
            let code = rd_kafka_topic_result_error(topic)
            guard code != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS, let failure = KafkaFailure(code) else { continue }
            let name = rd_kafka_topic_result_name(topic).map { String(cString: $0) } ?? ""
            let reason = rd_kafka_topic_result_error_string(topic).map { String(cString: $0) } ?? failure.message
            throw KafkaError(.refused, "Kafka does not create the topic \(name): \(reason)")
        }
    }
}

extension TopicDeclaration {
    /// https://kafka.apache.org/documentation/#topicconfigs
    fileprivate var brokerSettings: [(name: String, value: String)] {
        [
            ("cleanup.policy", isCompacted ? "compact" : "delete"),
            ("retention.ms", retention.map { "\($0.wholeMilliseconds)" } ?? "-1"), ("retention.bytes", "-1"),
        ]
    }
}
