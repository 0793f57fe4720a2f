import CKafka
import Logging

/// The callbacks of librdkafka. Its threads have no task-local values, so the logger is stored.
final class KafkaCallbacks: Sendable {
    typealias PartitionList = UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
    typealias Rebalance = @Sendable (OpaquePointer, rd_kafka_resp_err_t, PartitionList) -> Void

    private let logger: Logger
    private let rebalance: Rebalance?

    /// - Parameter rebalance: Called from within a poll when the group's partitions are assigned anew.
    init(logger: Logger, rebalance: Rebalance? = nil) {
        self.logger = logger
        self.rebalance = rebalance
    }

    /// This object has to outlive the client.
    func install(in configuration: OpaquePointer?) {
        rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(self).toOpaque())
        rd_kafka_conf_set_log_cb(configuration) { client, level, facility, text in
            guard let client, let text else { return }
            let facility = facility.map { String(cString: $0) } ?? ""
            KafkaCallbacks.of(client)?.log(level, facility, String(cString: text))
        }
        if rebalance != nil {
            rd_kafka_conf_set_rebalance_cb(configuration) { client, code, partitions, _ in
                guard let client, let partitions else { return }
                KafkaCallbacks.of(client)?.rebalance?(client, code, partitions)
            }
        }
    }

    private static func of(_ client: OpaquePointer) -> KafkaCallbacks? {
        rd_kafka_opaque(client).map { Unmanaged<KafkaCallbacks>.fromOpaque($0).takeUnretainedValue() }
    }

    /// - Parameter level: A level of syslog: 4 and below are warnings and errors.
    private func log(_ level: Int32, _ facility: String, _ text: String) {
        logger.log(
            level: level <= 4 ? .warning : .debug, "Kafka's client reports",
            metadata: ["kafka.facility": "\(facility)", "kafka.report": "\(text)"])
    }
}
