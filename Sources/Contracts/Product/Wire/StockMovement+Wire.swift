import Commerce
import CommerceWire
import ProductContract

extension StockMovement {
    init(wire: Magpie_Product_V1_StockMovement) throws {
        self.init(
            id: wire.id, variantID: try VariantID(wire: wire.variantID, "variant_id"),
            kind: try Kind(wire: wire.kind, "kind"), quantity: Int(wire.quantity), reason: wire.reason,
            orderID: wire.hasOrderID ? try OrderID(wire: wire.orderID, "order_id") : nil, actor: wire.actor,
            occurredAt: Instant(milliseconds: wire.occurredAtMs))
    }
}

extension Magpie_Product_V1_StockMovement {
    init(_ movement: StockMovement) {
        id = movement.id
        variantID = movement.variantID.rawValue
        kind = movement.kind.rawValue
        quantity = Int64(movement.quantity)
        reason = movement.reason
        if let order = movement.orderID { orderID = order.rawValue }
        actor = movement.actor
        occurredAtMs = movement.occurredAt.milliseconds
    }
}
