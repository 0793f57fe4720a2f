import CKafka

/// A consumer without the driver under test: it reads what any other program would read.
struct IndependentConsumer {
    struct Record: Equatable {
        var key: String
        var value: String?
        var headers: [String: String]
    }

    let brokers: String

    /// All records of a topic's partition, from its beginning to its present end.
    func records(of topic: String, partition: Int32) throws -> [Record] {
        let configuration = rd_kafka_conf_new()
        for (name, value) in [("bootstrap.servers", brokers), ("group.id", "plain"), ("auto.offset.reset", "earliest")]
        {
            rd_kafka_conf_set(configuration, name, value, nil, 0)
        }
        guard let client = rd_kafka_new(RD_KAFKA_CONSUMER, configuration, nil, 0) else { throw Failure(code: -1) }
        defer { rd_kafka_destroy(client) }
        rd_kafka_poll_set_consumer(client)
        var (low, high): (Int64, Int64) = (0, 0)
        let code = rd_kafka_query_watermark_offsets(client, topic, partition, &low, &high, 5_000)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw Failure(code: code.rawValue) }
        let list = rd_kafka_topic_partition_list_new(1)
        defer { rd_kafka_topic_partition_list_destroy(list) }
        rd_kafka_topic_partition_list_add(list, topic, partition).pointee.offset = low
        rd_kafka_assign(client, list)
        var records: [Record] = []
        while Int64(records.count) < high - low {
            guard let message = rd_kafka_consumer_poll(client, 1_000) else { continue }
            defer { rd_kafka_message_destroy(message) }
            guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw Failure(code: message.pointee.err.rawValue)
            }
            records.append(Record(message))
        }
        return records
    }

    struct Failure: Error { var code: Int32 }
}

extension IndependentConsumer.Record {
    fileprivate init(_ message: UnsafePointer<rd_kafka_message_t>) {
        func text(_ start: UnsafeRawPointer?, _ count: Int) -> String {
            String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
        }
        let record = message.pointee
        key = text(record.key, record.key_len)
        value = record.payload.map { text($0, record.len) }
        headers = [:]
        var list: OpaquePointer?
        rd_kafka_message_headers(message, &list)
        var name: UnsafePointer<CChar>?
        var bytes: UnsafeRawPointer?
        var length = 0
        while let list,
            rd_kafka_header_get_all(list, headers.count, &name, &bytes, &length) == RD_KAFKA_RESP_ERR_NO_ERROR,
            let name
        {
            headers[String(cString: name)] = text(bytes, length)
        }
    }
}
