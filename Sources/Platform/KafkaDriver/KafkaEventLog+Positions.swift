import Commerce
package import EventLog

extension KafkaEventLog {
    package func lag(group: String, topic: Topic) async throws -> Int64 {
        let consumer = consumer(group, topic)
        let client = try consumer?.client ?? nonMemberClient(group, topic)
        let own = consumer?.next ?? [:]
        let name = settings.name(of: topic)
        return try await query {
            let partitions = try Self.partitions(of: name, client)
            let others = try client.committed(of: name, partitions.subtracting(own.keys))
            let done = own.merging(others) { own, _ in own }
            return try partitions.reduce(into: 0) { lag, partition in
                let (low, high) = try client.watermarks(of: name, partition)
                lag += max(0, high - max(low, done[partition] ?? 0))
            }
        }
    }

    /// Rewinds members in this process at once, a group without members by its committed offsets, and members elsewhere by a
    /// control record.
    package func rewind(group: String, topic: Topic) async throws {
        let name = settings.name(of: topic)
        let request = ControlRecord(group: group, topic: topic, sender: self.name)
        if let consumer = consumer(group, topic) {
            let owned = try await consumer.rewind()
            let client = consumer.client
            if try await query({ try Self.partitions(of: name, client) }) == owned { return }
        } else {
            let client = try nonMemberClient(group, topic)
            let isDone = try await query {
                try client.commitAsNonMember(Self.partitions(of: name, client).zeroes, of: name)
            }
            if isDone { return }
        }
        try await producer.send([request.record(topic: settings.name(of: .control))])
    }

    /// A client for queries about the group that does not join it.
    private func nonMemberClient(_ group: String, _ topic: Topic) throws -> KafkaClient {
        try KafkaClient(
            .consumer, settings.consumerProperties(groupID: settings.groupID(group, topic)),
            KafkaCallbacks(logger: logger))
    }

    private static func partitions(of topic: String, _ client: KafkaClient) throws -> Set<Int32> {
        guard let count = try client.topics()[topic] else { throw KafkaError.missing([topic]) }
        return Set(0..<Int32(count))
    }
}
