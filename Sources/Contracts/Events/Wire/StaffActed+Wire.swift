import SwiftProtobuf

extension StaffActed {
    private typealias Message = Magpie_Events_V1_StaffActed

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(actor: message.actor, action: message.action, subject: message.subject, details: message.details)
    }

    package func json() throws -> String {
        try Message.with {
            $0.actor = actor
            $0.action = action
            $0.subject = subject
            $0.details = details
        }.jsonString()
    }
}
