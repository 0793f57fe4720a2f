import EventContract
import EventLog

extension AuditedAction {
    /// Orders and payments. Mail and postal addresses, titles and tracking numbers stay behind.
    static func order(_ event: Event) throws -> AuditedAction? {
        if let message = try event.message(Magpie_Events_V1_OrderPlaced.self) {
            return AuditedAction(
                "order.placed", actor: message.customerID.isEmpty ? "anonymous" : message.customerID,
                subject: message.orderID,
                [
                    "number": .text(message.number), "cart_id": .text(message.cartID), "total": .money(message.total),
                    "units": .number(message.lines.reduce(0) { $0 + Int64($1.quantity) }),
                ])
        }
        if let message = try event.message(Magpie_Events_V1_OrderCancelled.self) {
            var details: [String: AuditDetail] = ["number": .text(message.number)]
            if message.hasRefunded { details["refunded"] = .money(message.refunded) }
            return AuditedAction("order.cancelled", actor: message.actor, subject: message.orderID, details)
        }
        if let message = try event.message(Magpie_Events_V1_OrderFulfilled.self) {
            return AuditedAction(
                "order.fulfilled", actor: message.actor, subject: message.orderID, ["number": .text(message.number)])
        }
        if let message = try event.message(Magpie_Events_V1_PaymentChanged.self) {
            return AuditedAction(
                "payment.\(message.status)", actor: message.actor, subject: message.orderID,
                [
                    "amount": .money(message.amount), "provider": .text(message.provider),
                    "provider_reference": .text(message.providerReference), "reason": .text(message.reason),
                ])
        }
        return nil
    }
}
