import SwiftProtobuf

extension ProductChanged {
    private typealias Message = Magpie_Events_V1_ProductChanged

    package static var eventType: String { Message.protoMessageName }

    package init(json: String) throws {
        let message = try Message(eventJSON: json)
        self.init(
            productID: message.productID, handle: message.handle, version: message.version, change: message.change,
            actor: message.actor)
    }

    package func json() throws -> String {
        try Message.with {
            $0.productID = productID
            $0.handle = handle
            $0.version = version
            $0.change = change
            $0.actor = actor
        }.jsonString()
    }
}
