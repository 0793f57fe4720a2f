import EventContract
import EventLog

extension AuditedAction {
    /// Changes of products, prices and stock.
    static func catalogue(_ event: Event) throws -> AuditedAction? {
        if let message = try event.message(Magpie_Events_V1_ProductChanged.self) {
            return AuditedAction(
                "product.\(message.change)", actor: message.actor, subject: message.productID,
                ["handle": .text(message.handle), "version": .number(message.version)])
        }
        if let message = try event.message(Magpie_Events_V1_PriceChanged.self) {
            var details: [String: AuditDetail] = ["product_id": .text(message.productID)]
            if message.hasBefore { details["before"] = .money(message.before) }
            if message.hasAfter { details["after"] = .money(message.after) }
            return AuditedAction("price.changed", actor: message.actor, subject: message.variantID, details)
        }
        if let message = try event.message(Magpie_Events_V1_StockChanged.self) {
            return AuditedAction(
                "stock.changed", actor: message.actor, subject: message.variantID,
                [
                    "product_id": .text(message.productID), "kind": .text(message.kind),
                    "quantity": .number(message.quantity), "on_hand": .number(message.onHand),
                    "reserved": .number(message.reserved), "reason": .text(message.reason),
                ])
        }
        return nil
    }
}
