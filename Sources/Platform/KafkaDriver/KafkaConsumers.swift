import EventLog
import Synchronization

/// The consumers of one event log.
final class KafkaConsumers: Sendable {
    private struct Key: Hashable {
        var group: String
        var topic: Topic
    }

    private struct State {
        var consumers: [Key: KafkaConsumer] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    subscript(group: String, topic: Topic) -> KafkaConsumer? {
        state.withLock { $0.consumers[Key(group: group, topic: topic)] }
    }

    /// The group's consumer of this topic, made on first use. Throws when closed.
    func join(_ group: String, _ topic: Topic, make: () throws -> KafkaConsumer) throws -> KafkaConsumer {
        let key = Key(group: group, topic: topic)
        return try state.withLock { state in
            if state.isClosed { throw KafkaError(.closed, "the event log is closed") }
            if let consumer = state.consumers[key] { return consumer }
            let consumer = try make()
            state.consumers[key] = consumer
            return consumer
        }
    }

    /// Removes a consumer that can never read again, so that the next use makes another.
    func removeBroken(_ group: String, _ topic: Topic) -> KafkaConsumer? {
        state.withLock { state in
            let key = Key(group: group, topic: topic)
            guard let consumer = state.consumers[key], consumer.isBroken else { return nil }
            state.consumers[key] = nil
            return consumer
        }
    }

    /// - Returns: The consumers to close. No other can be made afterwards.
    func close() -> [KafkaConsumer] {
        state.withLock { state in
            state.isClosed = true
            defer { state.consumers = [:] }
            return Array(state.consumers.values)
        }
    }
}
