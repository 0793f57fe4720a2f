import SwiftProtobuf

extension PaymentChanged {
    private typealias Message = Magpie_Events_V1_PaymentChanged

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(
            orderID: message.orderID, status: message.status,
            amount: message.hasAmount ? EventMoney(message.amount) : nil, provider: message.provider,
            providerReference: message.providerReference, reason: message.reason, actor: message.actor)
    }

    package func json() throws -> String {
        try Message.with {
            $0.orderID = orderID
            $0.status = status
            if let amount { $0.amount = .init(amount) }
            $0.provider = provider
            $0.providerReference = providerReference
            $0.reason = reason
            $0.actor = actor
        }.jsonString()
    }
}
