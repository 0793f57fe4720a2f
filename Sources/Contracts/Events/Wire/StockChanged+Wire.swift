import SwiftProtobuf

extension StockChanged {
    private typealias Message = Magpie_Events_V1_StockChanged

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(
            productID: message.productID, variantID: message.variantID, onHand: message.onHand,
            reserved: message.reserved, kind: message.kind, quantity: message.quantity, reason: message.reason,
            actor: message.actor)
    }

    package func json() throws -> String {
        try Message.with {
            $0.productID = productID
            $0.variantID = variantID
            $0.onHand = onHand
            $0.reserved = reserved
            $0.kind = kind
            $0.quantity = quantity
            $0.reason = reason
            $0.actor = actor
        }.jsonString()
    }
}
