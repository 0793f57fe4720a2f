import SwiftProtobuf

extension PriceChanged {
    private typealias Message = Magpie_Events_V1_PriceChanged

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(
            productID: message.productID, variantID: message.variantID,
            before: message.hasBefore ? EventMoney(message.before) : nil,
            after: message.hasAfter ? EventMoney(message.after) : nil, actor: message.actor)
    }

    package func json() throws -> String {
        try Message.with {
            $0.productID = productID
            $0.variantID = variantID
            if let before { $0.before = .init(before) }
            if let after { $0.after = .init(after) }
            $0.actor = actor
        }.jsonString()
    }
}
