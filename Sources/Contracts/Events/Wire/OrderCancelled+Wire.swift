import SwiftProtobuf

extension OrderCancelled {
    private typealias Message = Magpie_Events_V1_OrderCancelled

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(
            orderID: message.orderID, number: message.number, actor: message.actor,
            refunded: message.hasRefunded ? EventMoney(message.refunded) : nil)
    }

    package func json() throws -> String {
        try Message.with {
            $0.orderID = orderID
            $0.number = number
            $0.actor = actor
            if let refunded { $0.refunded = .init(refunded) }
        }.jsonString()
    }
}
