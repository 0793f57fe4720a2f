package import Commerce
import ServiceKit
package import SwiftProtobuf

/// A fact that happened, with CloudEvents 1.0 attributes; `data` is proto3 JSON of a message in `Protos/magpie/events`.
package struct Event: Hashable, Sendable {
    package var id: EventID
    /// The message's full name: `magpie.events.v1.OrderPlaced`.
    package var type: String
    /// The service that tells it: `order-service`.
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

    /// Wraps a message; the trace is the current call's.
    package init(
        _ message: some SwiftProtobuf.Message, source: String, topic: Topic, key: String, at time: Instant = .now
    ) throws {
        self.init(
            id: EventID(at: time), type: Swift.type(of: message).protoMessageName, source: source, topic: topic,
            key: key,
            time: time, traceparent: CallContext.current.trace.traceparent, data: try message.jsonString())
    }

    /// The payload when it is of this type, else nil.
    package func message<Payload: SwiftProtobuf.Message>(_ type: Payload.Type) throws -> Payload? {
        guard self.type == Payload.protoMessageName else { return nil }
        var options = JSONDecodingOptions()
        options.ignoreUnknownFields = true
        return try Payload(jsonString: data, options: options)
    }
}
