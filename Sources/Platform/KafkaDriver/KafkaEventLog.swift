package import Commerce
import Dispatch
package import EventLog
import Foundation
package import Logging
import ServiceKit
import Synchronization

/// The event log on Kafka: one producer a process, and a member of its group for each topic that is polled.
///
/// Throws `ServiceError.unavailable` when the brokers are unavailable; every wait is bounded.
package final class KafkaEventLog: EventLog {
    let settings: KafkaSettings
    let clock: WallClock
    let producer: KafkaProducer
    let internalTopics: InternalTopics
    /// What this log signs its control records with.
    let name = UUID().uuidString
    let logger: Logger
    private let consumers: KafkaConsumers
    private let queries = DispatchQueue(label: "kafka queries", attributes: .concurrent)

    /// Connects in the background. Throws `KafkaError` when the settings cannot be used.
    package init(_ settings: KafkaSettings, clock: WallClock = .system, logger: Logger) throws {
        self.settings = settings
        self.clock = clock
        self.logger = logger
        let consumers = KafkaConsumers()
        self.consumers = consumers
        producer = try KafkaProducer(settings, logger: logger)
        internalTopics = InternalTopics(settings, logger: logger) { [name] request in
            if request.sender != name { consumers[request.group, request.topic]?.rewindSoon() }
        }
    }

    /// Commits the handled offsets, leaves the groups, and waits for the deliveries in flight.
    package func close() async {
        await withTaskGroup(of: Void.self) { tasks in
            for consumer in consumers.close() { tasks.addTask { await consumer.close() } }
        }
        await internalTopics.close()
        await producer.close()
    }

    package func publish(_ events: [Event]) async throws {
        let records = events.map {
            KafkaRecord(topic: settings.name(of: $0.topic), key: $0.key, value: $0.data, headers: $0.kafkaHeaders)
        }
        try await EventTrace.sending(events, to: "kafka") { _ = try await producer.send(records) }
    }

    package func poll(group: String, topic: Topic, limit: Int, wait: Duration) async throws -> [LoggedEvent] {
        // Control records are read before the consumer joins, so that no request to members is missed.
        if consumers[group, topic] == nil { _ = try await internalTopics.deadLetters() }
        if let broken = consumers.removeBroken(group, topic) {
            logger.error(
                "A consumer was removed from its group and joins again: does another process have its MAGPIE_KAFKA_INSTANCE?",
                metadata: ["group": "\(group)", "topic": "\(topic.rawValue)"])
            await broken.close()
        }
        let consumer = try consumers.join(group, topic) {
            try KafkaConsumer(settings, group: group, topic: topic, logger: logger)
        }
        return try await consumer.poll(limit: limit, wait: wait)
    }

    package func commit(_ event: LoggedEvent, group: String) async throws -> Bool {
        consumers[group, event.event.topic]?.commit(event) ?? false
    }

    func consumer(_ group: String, _ topic: Topic) -> KafkaConsumer? { consumers[group, topic] }

    /// Runs a blocking query to the brokers on a thread of its own.
    func query<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                queries.async { continuation.resume(with: Result(catching: body)) }
            }
        } catch let failure as KafkaFailure {
            logger.debug("A query to Kafka failed", metadata: ["error": "\(failure.name)"])
            throw failure.error
        }
    }
}
