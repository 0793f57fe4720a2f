import CKafka
import Commerce
import EventLog
import Logging

/// Reads the topic of dead letters from its beginning and that of operators' wishes from its end; no group's member.
/// All but `state` is for the thread that polls.
final class TopicReader: Sendable {
    struct State {
        var letters = LetterBox()
        /// Where the letters ended when reading began; nil until it has.
        var endAtStart: Int64?
        var isClosed = false
    }

    let state = Watched(State())
    let client: KafkaClient
    private let letters: String
    private let control: String
    private let logger: Logger
    private let poll: KafkaPoll
    private let rewind: @Sendable (ControlRecord) -> Void

    init(_ settings: KafkaSettings, logger: Logger, rewind: @escaping @Sendable (ControlRecord) -> Void) throws {
        self.logger = logger
        self.rewind = rewind
        letters = settings.name(of: .deadLetters)
        control = settings.name(of: .control)
        client = try KafkaClient(.consumer, settings.readerProperties, KafkaCallbacks(logger: logger))
        poll = KafkaPoll(client, settings)
    }

    /// Brings one record, or waits a moment.
    func step() {
        state.endLateWaits()
        if state.read({ $0.endAtStart == nil }) { begin() }
        if let message = poll.next() { receive(message) }
    }

    private func receive(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
        defer { rd_kafka_message_destroy(message) }
        let topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? ""
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR: take(message, of: topic)
        case RD_KAFKA_RESP_ERR__PARTITION_EOF where topic == letters:
            // The last records may be gone, compacted: their offsets count as read.
            let end = message.pointee.offset
            state.change { $0.letters.next = max($0.letters.next, end) }
        case RD_KAFKA_RESP_ERR__PARTITION_EOF: break
        case let code:
            logger.warning("Kafka's reader reports", metadata: ["error": "\(KafkaFailure(known: code).message)"])
        }
    }

    private func take(_ message: UnsafeMutablePointer<rd_kafka_message_t>, of topic: String) {
        let record = KafkaRecord(message, topic: topic)
        if topic == control {
            if let record, let wish = ControlRecord(record) { rewind(wish) }
            return
        }
        let offset = message.pointee.offset
        let isLetter = state.change { state in
            state.letters.next = offset + 1
            return record.map { state.letters.apply($0) } ?? false
        }
        if !isLetter {
            logger.error("A record is no dead letter; passed over", metadata: ["offset": "\(offset)"])
        }
    }

    /// Finds out where to begin; when it cannot, the next step tries again.
    private func begin() {
        do {
            let old = try client.watermarks(of: letters, 0, timeout: 1_000)
            let wishes = try client.watermarks(of: control, 0, timeout: 1_000)
            let list = rd_kafka_topic_partition_list_new(2)
            defer { rd_kafka_topic_partition_list_destroy(list) }
            rd_kafka_topic_partition_list_add(list, letters, 0).pointee.offset = old.low
            rd_kafka_topic_partition_list_add(list, control, 0).pointee.offset = wishes.high
            try KafkaFailure.check(rd_kafka_assign(client.handle, list))
            state.change { state in
                state.letters.next = old.low
                state.endAtStart = old.high
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
