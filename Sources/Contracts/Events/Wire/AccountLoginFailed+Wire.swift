import SwiftProtobuf

extension AccountLoginFailed {
    private typealias Message = Magpie_Events_V1_AccountLoginFailed

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(emailDigest: message.emailDigest, reason: message.reason)
    }

    package func json() throws -> String {
        try Message.with {
            $0.emailDigest = emailDigest
            $0.reason = reason
        }.jsonString()
    }
}
