import Commerce
import EventLog

/// librdkafka's properties: https://github.com/confluentinc/librdkafka/blob/v2.0.2/CONFIGURATION.md
extension KafkaSettings {
    typealias Property = (name: String, value: String)

    var producerProperties: [Property] {
        connectionProperties + [
            ("enable.idempotence", "true"), ("acks", "all"),
            ("message.timeout.ms", "\(deliveryTimeout.wholeMilliseconds)"), ("linger.ms", "2"),
            // As in Java's clients: one key is in one partition, whichever client writes.
            ("partitioner", "murmur2_random"),
        ]
    }

    /// For a member of a group.
    func memberProperties(groupID: String) -> [Property] {
        consumerProperties(groupID: groupID) + (instance.map { [("group.instance.id", $0)] } ?? [])
            // So that the end of a partition is reported.
            + (idlePause > .zero ? [("enable.partition.eof", "true")] : [])
    }

    func consumerProperties(groupID: String) -> [Property] {
        connectionProperties + [
            ("group.id", groupID), ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
            ("auto.offset.reset", "earliest"), ("partition.assignment.strategy", assignment.rawValue),
            ("session.timeout.ms", "\(sessionTimeout.wholeMilliseconds)"),
            // Members learn of a rebalance by it.
            ("heartbeat.interval.ms", "\(min(sessionTimeout.wholeMilliseconds / 4, 2_500))"),
            // Little is prefetched: a process may have a dozen consumers.
            ("queued.min.messages", "1000"), ("queued.max.messages.kbytes", "8192"),
        ]
    }

    /// For a client that reads without being a member of a group; nothing is ever committed for its id.
    var readerProperties: [Property] {
        consumerProperties(groupID: topicPrefix + "magpie.reader") + [("enable.partition.eof", "true")]
    }

    private var connectionProperties: [Property] {
        var properties = [
            ("bootstrap.servers", brokers), ("client.id", "magpie"), ("security.protocol", security.rawValue),
            ("socket.keepalive.enable", "true"), ("reconnect.backoff.max.ms", "2000"),
            ("log.connection.close", "false"),
        ]
        if let certificateAuthority { properties.append(("ssl.ca.location", certificateAuthority)) }
        if security.usesPassword, let user, let password {
            properties += [
                ("sasl.mechanisms", mechanism.rawValue), ("sasl.username", user), ("sasl.password", password),
            ]
        }
        return properties
    }
}

/// Names as the brokers know them.
extension KafkaSettings {
    func name(of topic: Topic) -> String { topicPrefix + topic.rawValue }
    func name(of topic: TopicDeclaration) -> String { topicPrefix + topic.name }
    /// One group for each topic, so that one topic's rebalance does not stop the others.
    func groupID(_ group: String, _ topic: Topic) -> String { "\(topicPrefix)\(group).\(topic.rawValue)" }
}
