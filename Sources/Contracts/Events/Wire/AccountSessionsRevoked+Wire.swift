import SwiftProtobuf

extension AccountSessionsRevoked {
    private typealias Message = Magpie_Events_V1_AccountSessionsRevoked

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(customerID: message.customerID, reason: message.reason)
    }

    package func json() throws -> String {
        try Message.with {
            $0.customerID = customerID
            $0.reason = reason
        }.jsonString()
    }
}
