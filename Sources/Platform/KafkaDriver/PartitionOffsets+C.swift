import CKafka

/// Offsets by partition, in the form librdkafka takes.
enum PartitionOffsets {
    static func withList<Value>(
        _ topic: String, _ offsets: [Int32: Int64],
        _ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) throws -> Value
    ) rethrows -> Value {
        let list = rd_kafka_topic_partition_list_new(Int32(offsets.count))
        defer { rd_kafka_topic_partition_list_destroy(list) }
        for (partition, offset) in offsets.sorted(by: { $0.key < $1.key }) {
            rd_kafka_topic_partition_list_add(list, topic, partition).pointee.offset = offset
        }
        return try body(list)
    }

    /// Of the elements without an error.
    static func read(_ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) -> [Int32: Int64] {
        elements(of: list).reduce(into: [:]) { offsets, element in
            if element.err == RD_KAFKA_RESP_ERR_NO_ERROR { offsets[element.partition] = element.offset }
        }
    }

    static func partitions(of list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) -> Set<Int32> {
        Set(elements(of: list).map(\.partition))
    }

    static func elements(
        of list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
    ) -> UnsafeBufferPointer<rd_kafka_topic_partition_t> {
        UnsafeBufferPointer(start: list?.pointee.elems, count: Int(list?.pointee.cnt ?? 0))
    }
}
