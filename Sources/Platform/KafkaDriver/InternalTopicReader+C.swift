import CKafka
import Commerce
import EventLog
import Logging

/// Reads the topic of dead letters from its beginning and the control topic from its end, as a member of no group. All
/// but `state` is used on the polling thread only.
final class InternalTopicReader: Sendable {
    struct State {
        var deadLetters = DeadLetterIndex()
        /// The end of the dead letters when reading began; nil before that.
        var endAtStart: Int64?
        var isClosed = false
    }

    let state = Monitor(State())
    let client: KafkaClient
    private let deadLetterTopic: String
    private let controlTopic: String
    private let logger: Logger
    private let poll: KafkaPoll
    private let rewind: @Sendable (ControlRecord) -> Void

    init(_ settings: KafkaSettings, logger: Logger, rewind: @escaping @Sendable (ControlRecord) -> Void) throws {
        self.logger = logger
        self.rewind = rewind
        deadLetterTopic = settings.name(of: .deadLetters)
        controlTopic = settings.name(of: .control)
        client = try KafkaClient(.consumer, settings.readerProperties, KafkaCallbacks(logger: logger))
        poll = KafkaPoll(client, settings)
    }

    /// Reads one record, or waits a moment.
    func step() {
        state.resumeExpiredWaiters()
        if state.read({ $0.endAtStart == nil }) { begin() }
        if let message = poll.next() { receive(message) }
    }

    private func receive(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
        defer { rd_kafka_message_destroy(message) }
        let topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? ""
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR: take(message, of: topic)
        case RD_KAFKA_RESP_ERR__PARTITION_EOF where topic == deadLetterTopic:
            // The last records may be gone, compacted: their offsets count as read.
            let end = message.pointee.offset
            state.change { $0.deadLetters.next = max($0.deadLetters.next, end) }
        case RD_KAFKA_RESP_ERR__PARTITION_EOF: break
        case let code:
            logger.warning("Kafka's reader reports", metadata: ["error": "\(KafkaFailure(known: code).message)"])
        }
    }

    private func take(_ message: UnsafeMutablePointer<rd_kafka_message_t>, of topic: String) {
        let record = KafkaRecord(message, topic: topic)
        if topic == controlTopic {
            if let record, let request = ControlRecord(record) { rewind(request) }
            return
        }
        let offset = message.pointee.offset
        let isDeadLetter = state.change { state in
            state.deadLetters.next = offset + 1
            return record.map { state.deadLetters.apply($0) } ?? false
        }
        if !isDeadLetter {
            logger.error("A record is no dead letter and was skipped", metadata: ["offset": "\(offset)"])
        }
    }

    /// Finds the offsets to begin at. The next step tries again when that fails.
    private func begin() {
        do {
            let stored = try client.watermarks(of: deadLetterTopic, 0, timeout: 1_000)
            let requests = try client.watermarks(of: controlTopic, 0, timeout: 1_000)
            let list = rd_kafka_topic_partition_list_new(2)
            defer { rd_kafka_topic_partition_list_destroy(list) }
            rd_kafka_topic_partition_list_add(list, deadLetterTopic, 0).pointee.offset = stored.low
            rd_kafka_topic_partition_list_add(list, controlTopic, 0).pointee.offset = requests.high
            try KafkaFailure.check(rd_kafka_assign(client.handle, list))
            state.change { state in
                state.deadLetters.next = stored.low
                state.endAtStart = stored.high
            }
        } catch {
            logger.debug("The dead letters cannot be read yet", metadata: ["error": "\(error)"])
        }
    }

    /// Runs last.
    func end() {
        rd_kafka_consumer_close(client.handle)
        state.change { $0.isClosed = true }
    }
}
