package import Commerce
import ServiceKit

/// A fact that happened, with CloudEvents 1.0 attributes; `data` is proto3 JSON of a message in `Protos/magpie/events`.
package struct Event: Hashable, Sendable {
    package var id: EventID
    /// The message's full name: `magpie.events.v1.OrderPlaced`.
    package var type: String
    /// The service that publishes it: `order-service`.
    package var source: String
    package var topic: Topic
    /// Events with one key stay in order.
    package var key: String
    package var time: Instant
    package var traceparent: String
    package var data: String

    package init(
        id: EventID, type: String, source: String, topic: Topic, key: String, time: Instant, traceparent: String,
        data: String
    ) {
        self.id = id
        self.type = type
        self.source = source
        self.topic = topic
        self.key = key
        self.time = time
        self.traceparent = traceparent
        self.data = data
    }

    /// Wraps a payload. What consumers do continues the span of its making, which is part of the current call's trace.
    package init<Payload: EventPayload>(_ payload: Payload, source: String, at time: Instant = .now) throws {
        self.init(
            id: EventID(at: time), type: Payload.eventType, source: source, topic: Payload.topic, key: payload.key,
            time: time, traceparent: EventTrace.created(in: Payload.topic, by: source).traceparent,
            data: try payload.json())
    }

    /// The payload when it is of this type, else nil.
    package func payload<Payload: EventPayload>(_ type: Payload.Type) throws -> Payload? {
        self.type == Payload.eventType ? try Payload(json: data) : nil
    }
}
