import SwiftProtobuf

extension AccountLoggedIn {
    private typealias Message = Magpie_Events_V1_AccountLoggedIn

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(customerID: message.customerID)
    }

    package func json() throws -> String {
        try Message.with { $0.customerID = customerID }.jsonString()
    }
}
