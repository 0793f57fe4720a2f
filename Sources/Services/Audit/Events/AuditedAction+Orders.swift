import EventContract
import EventLog

extension AuditedAction {
    /// Orders, payments and checkpoints. Email and postal addresses, titles and tracking numbers are left out.
    static func order(_ event: Event) throws -> AuditedAction? {
        if let payload = try event.payload(OrderPlaced.self) {
            return AuditedAction(
                "order.placed", actor: payload.customerID ?? "anonymous",
                subject: payload.orderID,
                [
                    "number": .text(payload.number), "cart_id": .text(payload.cartID), "total": .money(payload.total),
                    "units": .number(payload.lines.reduce(0) { $0 + Int64($1.quantity) }),
                ])
        }
        if let payload = try event.payload(OrderCancelled.self) {
            var details: [String: AuditDetail] = ["number": .text(payload.number)]
            if let refunded = payload.refunded { details["refunded"] = .money(refunded) }
            return AuditedAction("order.cancelled", actor: payload.actor, subject: payload.orderID, details)
        }
        if let payload = try event.payload(OrderFulfilled.self) {
            return AuditedAction(
                "order.fulfilled", actor: payload.actor, subject: payload.orderID, ["number": .text(payload.number)])
        }
        if let payload = try event.payload(PaymentChanged.self) {
            return AuditedAction(
                "payment.\(payload.status)", actor: payload.actor, subject: payload.orderID,
                [
                    "amount": .money(payload.amount), "provider": .text(payload.provider),
                    "provider_reference": .text(payload.providerReference), "reason": .text(payload.reason),
                ])
        }
        if let payload = try event.payload(OrdersCheckpoint.self) {
            return AuditedAction(
                "orders.checkpoint", actor: "", subject: "",
                ["number": .number(payload.number), "orders": .number(Int64(payload.orderIDs.count))])
        }
        return nil
    }
}
