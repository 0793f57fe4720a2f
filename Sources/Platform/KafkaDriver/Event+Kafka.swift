import Commerce
import EventLog

/// CloudEvents 1.0 in Kafka's binary mode: the attributes are headers, the value is the data.
/// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
extension Event {
    var kafkaHeaders: [String: String] {
        [
            "ce_specversion": "1.0", "ce_id": id.rawValue, "ce_type": type, "ce_source": source,
            "ce_time": time.rfc3339, "content-type": "application/json", "traceparent": traceparent,
        ]
    }

    /// nil when the record is no event of Magpie.
    init?(_ record: KafkaRecord, topic: Topic, key: String) {
        guard let id = record.headers["ce_id"], let type = record.headers["ce_type"],
            let source = record.headers["ce_source"], let data = record.value,
            let time = record.headers["ce_time"].flatMap(Instant.init(rfc3339:))
        else { return nil }
        self.init(
            id: EventID(stored: id), type: type, source: source, topic: topic, key: key, time: time,
            traceparent: record.headers["traceparent"] ?? "", data: data)
    }
}
