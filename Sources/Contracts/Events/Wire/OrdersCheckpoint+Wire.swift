import SwiftProtobuf

extension OrdersCheckpoint {
    private typealias Message = Magpie_Events_V1_OrdersCheckpoint

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(number: message.number, orderIDs: message.orderIds)
    }

    package func json() throws -> String {
        try Message.with {
            $0.number = number
            $0.orderIds = orderIDs
        }.jsonString()
    }
}
