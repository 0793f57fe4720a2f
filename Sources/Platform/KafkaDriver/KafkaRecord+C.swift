import CKafka

extension KafkaRecord {
    /// nil when its texts are not UTF-8: Magpie writes no such record.
    init?(_ message: UnsafePointer<rd_kafka_message_t>, topic: String) {
        let record = message.pointee
        guard let key = Self.text(record.key, record.key_len), let headers = Self.headers(of: message) else {
            return nil
        }
        var value: String?
        if record.payload != nil {
            guard let text = Self.text(record.payload, record.len) else { return nil }
            value = text
        }
        self.init(
            topic: topic, key: key, value: value, headers: headers, partition: record.partition, offset: record.offset)
    }

    /// Hands a copy to the producer; never blocks.
    func enqueue(_ client: KafkaClient, reportTo delivery: Delivery) throws(KafkaFailure) {
        let list = rd_kafka_headers_new(headers.count)
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            rd_kafka_header_add(list, name, name.utf8.count, value, value.utf8.count)
        }
        let report = delivery.expectReport()
        let code = magpie_produce(
            client.handle, topic, key, key.utf8.count, value, value?.utf8.count ?? 0, list, report.toOpaque())
        guard let failure = KafkaFailure(code) else { return }
        rd_kafka_headers_destroy(list)
        delivery.withdraw(report)
        throw failure
    }

    private static func headers(of message: UnsafePointer<rd_kafka_message_t>) -> [String: String]? {
        var list: OpaquePointer?
        guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR else { return [:] }
        var headers: [String: String] = [:]
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var length = 0
        while rd_kafka_header_get_all(list, headers.count, &name, &value, &length) == RD_KAFKA_RESP_ERR_NO_ERROR {
            guard let name, let text = text(value, length) else { return nil }
            // Magpie writes no two headers of one name.
            guard headers.updateValue(text, forKey: String(cString: name)) == nil else { return nil }
        }
        return headers
    }

    private static func text(_ start: UnsafeRawPointer?, _ count: Int) -> String? {
        String(validating: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
