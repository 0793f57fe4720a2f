import CKafka

extension KafkaClient {
    /// Calls back for the delivery reports that have arrived; waits a moment for some.
    @Sendable func servePublishing() { rd_kafka_poll(handle, 100) }

    /// Waits for the deliveries in flight, five seconds at most; the others are reported as not published.
    @Sendable func flush() {
        rd_kafka_flush(handle, 5_000)
        rd_kafka_purge(handle, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
        rd_kafka_flush(handle, 1_000)
    }

    /// Whether it has met an error that it cannot recover from.
    var isBroken: Bool { rd_kafka_fatal_error(handle, nil, 0) != RD_KAFKA_RESP_ERR_NO_ERROR }
}

extension KafkaFailure {
    static let timedOut = KafkaFailure(known: RD_KAFKA_RESP_ERR__TIMED_OUT)
    var isFullQueue: Bool { code == RD_KAFKA_RESP_ERR__QUEUE_FULL }
}
