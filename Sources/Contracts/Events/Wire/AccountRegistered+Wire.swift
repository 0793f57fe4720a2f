import SwiftProtobuf

extension AccountRegistered {
    private typealias Message = Magpie_Events_V1_AccountRegistered

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(customerID: message.customerID, role: message.role)
    }

    package func json() throws -> String {
        try Message.with {
            $0.customerID = customerID
            $0.role = role
        }.jsonString()
    }
}
