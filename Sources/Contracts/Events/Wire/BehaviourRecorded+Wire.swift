import Commerce
import SwiftProtobuf

extension BehaviourRecorded {
    private typealias Message = Magpie_Events_V1_BehaviourRecorded

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(
            type: message.type, sessionID: message.sessionID, occurredAt: Instant(milliseconds: message.occurredAtMs),
            properties: message.properties)
    }

    package func json() throws -> String {
        try Message.with {
            $0.type = type
            $0.sessionID = sessionID
            $0.occurredAtMs = occurredAt.milliseconds
            $0.properties = properties
        }.jsonString()
    }
}
