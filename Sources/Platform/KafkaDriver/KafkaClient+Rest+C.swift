import CKafka

extension KafkaClient {
    /// Asks the brokers for nothing for so many milliseconds, and still answers the group.
    ///
    /// - Returns: What came all the same: an error, or a record that was fetched before.
    func rest(_ milliseconds: Int32) -> UnsafeMutablePointer<rd_kafka_message_t>? {
        var assigned: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
        guard rd_kafka_assignment(handle, &assigned) == RD_KAFKA_RESP_ERR_NO_ERROR, let assigned else { return nil }
        defer { rd_kafka_topic_partition_list_destroy(assigned) }
        rd_kafka_pause_partitions(handle, assigned)
        defer { rd_kafka_resume_partitions(handle, assigned) }
        return rd_kafka_consumer_poll(handle, milliseconds)
    }
}
