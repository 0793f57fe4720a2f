import EventContract
import EventLog

extension AuditedAction {
    /// Changes of products, prices and stock.
    static func catalogue(_ event: Event) throws -> AuditedAction? {
        if let payload = try event.payload(ProductChanged.self) {
            return AuditedAction(
                "product.\(payload.change)", actor: payload.actor, subject: payload.productID,
                ["handle": .text(payload.handle), "version": .number(payload.version)])
        }
        if let payload = try event.payload(PriceChanged.self) {
            var details: [String: AuditDetail] = ["product_id": .text(payload.productID)]
            if let before = payload.before { details["before"] = .money(before) }
            if let after = payload.after { details["after"] = .money(after) }
            return AuditedAction("price.changed", actor: payload.actor, subject: payload.variantID, details)
        }
        if let payload = try event.payload(StockChanged.self) {
            return AuditedAction(
                "stock.changed", actor: payload.actor, subject: payload.variantID,
                [
                    "product_id": .text(payload.productID), "kind": .text(payload.kind),
                    "quantity": .number(payload.quantity), "on_hand": .number(payload.onHand),
                    "reserved": .number(payload.reserved), "reason": .text(payload.reason),
                ])
        }
        return nil
    }
}
