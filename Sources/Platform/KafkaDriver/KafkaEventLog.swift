package import Commerce
import Dispatch
package import EventLog
import Foundation
package import Logging
import ServiceKit
import Synchronization

/// The event log on Kafka: one producer a process, and a member of its group for each topic that is polled.
///
/// What waits for the brokers throws `ServiceError.unavailable` when they are away; every wait is bounded.
package final class KafkaEventLog: EventLog {
    let settings: KafkaSettings
    let clock: WallClock
    let producer: KafkaProducer
    let follower: KafkaFollower
    /// What this log signs its control records with.
    let name = UUID().uuidString
    let logger: Logger
    private let consumers: ConsumerTable
    private let questions = DispatchQueue(label: "kafka questions", attributes: .concurrent)

    /// Connects in the background. Throws `KafkaError` when the settings cannot be used.
    package init(_ settings: KafkaSettings, clock: WallClock = .system, logger: Logger) throws {
        self.settings = settings
        self.clock = clock
        self.logger = logger
        let consumers = ConsumerTable()
        self.consumers = consumers
        producer = try KafkaProducer(settings, logger: logger)
        follower = KafkaFollower(settings, logger: logger) { [name] wish in
            if wish.sender != name { consumers[wish.group, wish.topic]?.rewindSoon() }
        }
    }

    /// Commits what is done, leaves the groups, and waits for what is on its way to the brokers.
    package func close() async {
        await withTaskGroup(of: Void.self) { tasks in
            for consumer in consumers.close() { tasks.addTask { await consumer.close() } }
        }
        await follower.close()
        await producer.close()
    }

    package func publish(_ events: [Event]) async throws {
        try await producer.send(
            events.map {
                KafkaRecord(topic: settings.name(of: $0.topic), key: $0.key, value: $0.data, headers: $0.kafkaHeaders)
            })
    }

    package func poll(group: String, topic: Topic, limit: Int, wait: Duration) async throws -> [LoggedEvent] {
        // Before it joins, it hears what operators want: nothing said to members is missed.
        if consumers[group, topic] == nil { _ = try await follower.letters() }
        if let broken = consumers.removeBroken(group, topic) {
            logger.error(
                "A consumer was put out of its group and joins anew; is its MAGPIE_KAFKA_INSTANCE another process's too?",
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

    /// Asks the brokers, away from the threads that tasks run on.
    func ask<Value: Sendable>(_ question: @escaping @Sendable () throws -> Value) async throws -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                questions.async { continuation.resume(with: Result(catching: question)) }
            }
        } catch let failure as KafkaFailure {
            logger.debug("Kafka did not answer as hoped", metadata: ["error": "\(failure.name)"])
            throw failure.error
        }
    }
}
