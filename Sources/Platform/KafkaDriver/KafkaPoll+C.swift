import CKafka
import Commerce
import Synchronization

/// Polls a consumer's client. Where a broker responds at once that there is nothing, it pauses between requests.
///
/// A pause discards the responses in flight. So it waits until every partition has reported its end since the last pause,
/// however long the responses take.
final class KafkaPoll: Sendable {
    private struct Partition: Hashable {
        var topic: String
        var number: Int32
    }

    private let client: KafkaClient
    /// Milliseconds; 0 for none.
    private let idlePause: Int32
    private let atEnd = Mutex<Set<Partition>>([])

    init(_ client: KafkaClient, _ settings: KafkaSettings) {
        self.client = client
        idlePause = Int32(clamping: settings.idlePause.wholeMilliseconds)
    }

    /// Waits a moment for a record, an error or the end of a partition; nil when there is none. The caller destroys it.
    ///
    /// - Parameter mayPause: False while partitions are paused: the end of a pause would resume them.
    func next(mayPause: Bool = true) -> UnsafeMutablePointer<rd_kafka_message_t>? {
        guard idlePause > 0 else { return rd_kafka_consumer_poll(client.handle, 100) }
        if let message = rd_kafka_consumer_poll(client.handle, 20) { return noted(message) }
        return mayPause ? pause() : nil
    }

    private func noted(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>
    ) -> UnsafeMutablePointer<rd_kafka_message_t> {
        let partition = Partition(
            topic: message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? "",
            number: message.pointee.partition)
        let isEnd = message.pointee.err == RD_KAFKA_RESP_ERR__PARTITION_EOF
        atEnd.withLock { if isEnd { $0.insert(partition) } else { $0.remove(partition) } }
        return message
    }

    /// Fetches nothing for a while, and still sends heartbeats to the group.
    private func pause() -> UnsafeMutablePointer<rd_kafka_message_t>? {
        var list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
        guard rd_kafka_assignment(client.handle, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { return nil }
        defer { rd_kafka_topic_partition_list_destroy(list) }
        let assigned = PartitionOffsets.elements(of: list).map {
            Partition(topic: String(cString: $0.topic), number: $0.partition)
        }
        guard atEnd.withLock({ $0.isSuperset(of: assigned) }) else { return nil }
        atEnd.withLock { $0 = [] }
        rd_kafka_pause_partitions(client.handle, list)
        defer { rd_kafka_resume_partitions(client.handle, list) }
        return rd_kafka_consumer_poll(client.handle, idlePause).map(noted)
    }
}
