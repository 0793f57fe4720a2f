import CKafka
import Dispatch

/// A client of librdkafka, with its connections and threads.
///
/// Unchecked: any thread may use librdkafka's handle, and that of its queue.
final class KafkaClient: @unchecked Sendable {
    enum Role { case producer, consumer }

    let handle: OpaquePointer
    /// Where polls wait.
    private let queue: OpaquePointer?
    private let callbacks: KafkaCallbacks

    /// Connects later, by itself. Throws `KafkaError` when a property cannot be used.
    init(_ role: Role, _ properties: [KafkaSettings.Property], _ callbacks: KafkaCallbacks) throws(KafkaError) {
        let configuration = rd_kafka_conf_new()
        var reason = [CChar](repeating: 0, count: 512)
        for (name, value) in properties {
            let result = rd_kafka_conf_set(configuration, name, value, &reason, reason.count)
            guard result == RD_KAFKA_CONF_OK else {
                rd_kafka_conf_destroy(configuration)
                throw Self.unusable(reason)
            }
        }
        callbacks.install(in: configuration)
        let type = role == .producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
        if role == .producer { rd_kafka_conf_set_dr_msg_cb(configuration, Delivery.callback) }
        guard let handle = rd_kafka_new(type, configuration, &reason, reason.count) else {
            rd_kafka_conf_destroy(configuration)
            throw Self.unusable(reason)
        }
        if role == .consumer { rd_kafka_poll_set_consumer(handle) }
        self.handle = handle
        self.callbacks = callbacks
        queue = role == .consumer ? rd_kafka_queue_get_consumer(handle) : rd_kafka_queue_get_main(handle)
    }

    deinit {
        rd_kafka_queue_destroy(queue)
        nonisolated(unsafe) let handle = handle
        let callbacks = callbacks
        // It waits for the client's threads, so it must not run on the thread that released the last reference.
        DispatchQueue.global().async {
            rd_kafka_destroy(handle)
            withExtendedLifetime(callbacks) {}
        }
    }

    /// Ends a poll that waits.
    func wake() { rd_kafka_queue_yield(queue) }

    private static func unusable(_ reason: [CChar]) -> KafkaError {
        let text = String(decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return KafkaError(.configuration, "Kafka's client cannot be set up, see MAGPIE_KAFKA_BROKERS: \(text)")
    }
}
