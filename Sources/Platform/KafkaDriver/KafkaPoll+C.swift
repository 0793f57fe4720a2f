import CKafka
import Commerce
import Synchronization

/// Polls a consumer's client. Where a broker answers at once that there is nothing, it rests between questions.
///
/// A rest throws away what is on its way. So it waits until every partition has been asked since the last rest, and has
/// said that nothing is left, however long the answers take.
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

    /// Waits a moment for a record, an error or the end of a partition, which is for the caller to destroy. Nil for none.
    ///
    /// - Parameter mayRest: Not while partitions are paused: a rest would end that.
    func next(mayRest: Bool = true) -> UnsafeMutablePointer<rd_kafka_message_t>? {
        guard idlePause > 0 else { return rd_kafka_consumer_poll(client.handle, 100) }
        if let message = rd_kafka_consumer_poll(client.handle, 20) { return noted(message) }
        return mayRest ? rest() : nil
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

    /// Asks the brokers for nothing for a while, and still answers the group.
    private func rest() -> UnsafeMutablePointer<rd_kafka_message_t>? {
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
