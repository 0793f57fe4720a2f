import Commerce
package import EventLog

extension KafkaEventLog {
    package func lag(group: String, topic: Topic) async throws -> Int64 {
        let consumer = consumer(group, topic)
        let client = try consumer?.client ?? stranger(group, topic)
        let own = consumer?.next ?? [:]
        let name = settings.name(of: topic)
        return try await ask {
            let partitions = try Self.partitions(of: name, client)
            let others = try client.committed(of: name, partitions.subtracting(own.keys))
            let done = own.merging(others) { own, _ in own }
            return try partitions.reduce(into: 0) { lag, partition in
                let (low, high) = try client.watermarks(of: name, partition)
                lag += max(0, high - max(low, done[partition] ?? 0))
            }
        }
    }

    /// Members in this process are set back at once; an empty group is by its offsets; members elsewhere are told to.
    package func rewind(group: String, topic: Topic) async throws {
        let name = settings.name(of: topic)
        let wish = ControlRecord(group: group, topic: topic, sender: self.name)
        if let consumer = consumer(group, topic) {
            let owned = try await consumer.rewind()
            let client = consumer.client
            if try await ask({ try Self.partitions(of: name, client) }) == owned { return }
        } else {
            let client = try stranger(group, topic)
            let isDone = try await ask {
                try client.commitAsStranger(Self.partitions(of: name, client).zeroes, of: name)
            }
            if isDone { return }
        }
        try await producer.send([wish.record(topic: settings.name(of: .control))])
    }

    /// A client that asks in the group's name without being a member.
    private func stranger(_ group: String, _ topic: Topic) throws -> KafkaClient {
        try KafkaClient(
            .consumer, settings.consumerProperties(groupID: settings.groupID(group, topic)),
            KafkaCallbacks(logger: logger))
    }

    private static func partitions(of topic: String, _ client: KafkaClient) throws -> Set<Int32> {
        guard let count = try client.topics()[topic] else { throw KafkaError.missing([topic]) }
        return Set(0..<Int32(count))
    }
}
