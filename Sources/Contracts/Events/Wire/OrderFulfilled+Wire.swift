import SwiftProtobuf

extension OrderFulfilled {
    private typealias Message = Magpie_Events_V1_OrderFulfilled

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(orderID: message.orderID, number: message.number, tracking: message.tracking, actor: message.actor)
    }

    package func json() throws -> String {
        try Message.with {
            $0.orderID = orderID
            $0.number = number
            $0.tracking = tracking
            $0.actor = actor
        }.jsonString()
    }
}
