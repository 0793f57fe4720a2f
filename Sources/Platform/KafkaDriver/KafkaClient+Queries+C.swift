import CKafka

/// Queries to the brokers. Each blocks for a round trip or until its timeout, in milliseconds, and throws
/// `KafkaFailure`.
extension KafkaClient {
    /// Requests the list of brokers only.
    func ping(timeout: Int32) throws {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        try KafkaFailure.check(rd_kafka_metadata(handle, 0, nil, &metadata, timeout))
        rd_kafka_metadata_destroy(metadata)
    }

    /// All topics with the numbers of their partitions. A query for one topic by name might create it.
    func topics(timeout: Int32 = 5_000) throws -> [String: Int] {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        try KafkaFailure.check(rd_kafka_metadata(handle, 1, nil, &metadata, timeout))
        defer { rd_kafka_metadata_destroy(metadata) }
        let topics = UnsafeBufferPointer(start: metadata?.pointee.topics, count: Int(metadata?.pointee.topic_cnt ?? 0))
        return topics.reduce(into: [:]) { counts, topic in
            guard topic.err == RD_KAFKA_RESP_ERR_NO_ERROR, let name = topic.topic else { return }
            counts[String(cString: name)] = Int(topic.partition_cnt)
        }
    }

    /// The offsets of the first record, and after the last.
    func watermarks(of topic: String, _ partition: Int32, timeout: Int32 = 5_000) throws -> (low: Int64, high: Int64) {
        var low: Int64 = 0
        var high: Int64 = 0
        try KafkaFailure.check(rd_kafka_query_watermark_offsets(handle, topic, partition, &low, &high, timeout))
        return (low, high)
    }

    /// The offsets that the client's group has committed; partitions without one are left out.
    func committed(of topic: String, _ partitions: Set<Int32>) throws -> [Int32: Int64] {
        if partitions.isEmpty { return [:] }
        return try PartitionOffsets.withList(topic, partitions.zeroes) { list in
            try KafkaFailure.check(rd_kafka_committed(handle, list, 5_000))
            return PartitionOffsets.read(list).filter { $0.value >= 0 }
        }
    }

    /// Commits for the client's group without being a member of it.
    ///
    /// - Returns: False when the group has members: only they may commit.
    func commitAsNonMember(_ offsets: [Int32: Int64], of topic: String) throws -> Bool {
        do {
            try PartitionOffsets.withList(topic, offsets) { list in
                try KafkaFailure.check(rd_kafka_commit(handle, list, 0))
            }
            return true
        } catch let failure as KafkaFailure where failure.isNotAMember {
            return false
        }
    }
}
