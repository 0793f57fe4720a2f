import Commerce
import ProductContract
import RPC
import SwiftProtobuf

extension StockReservation {
    init(wire: Magpie_Product_V1_ReserveRequest) throws {
        self.init(
            order: try OrderID(wire: wire.orderID, "order_id"),
            lines: try wire.lines.map {
                Line(variant: try VariantID(wire: $0.variantID, "lines.variant_id"), quantity: Int($0.quantity))
            },
            lifetime: .milliseconds(wire.lifetimeMs))
    }
}

extension Magpie_Product_V1_ReserveRequest {
    init(_ reservation: StockReservation) {
        orderID = reservation.order.rawValue
        lines = reservation.lines.map { line in
            .with {
                $0.variantID = line.variant.rawValue
                $0.quantity = Int64(line.quantity)
            }
        }
        lifetimeMs = reservation.lifetime.wholeMilliseconds
    }
}

extension StockAdjustment {
    init(wire: Magpie_Product_V1_AdjustStockRequest) throws {
        let change: Change
        switch wire.change {
        case .set(let quantity): change = .set(Int(quantity))
        case .by(let quantity): change = .by(Int(quantity))
        case .untrack(true): change = .untrack
        case .untrack(false), nil: throw WireFault("change", "must be given")
        }
        self.init(variant: try VariantID(wire: wire.variantID, "variant_id"), change: change, reason: wire.reason)
    }
}

extension Magpie_Product_V1_AdjustStockRequest {
    init(_ adjustment: StockAdjustment) {
        variantID = adjustment.variant.rawValue
        switch adjustment.change {
        case .set(let quantity): set = Int64(quantity)
        case .by(let quantity): by = Int64(quantity)
        case .untrack: untrack = true
        }
        reason = adjustment.reason
    }
}

extension StockLevel {
    init(wire: Magpie_Product_V1_StockLevel) throws {
        self.init(
            variantID: try VariantID(wire: wire.variantID, "variant_id"), sku: wire.sku, tracked: wire.tracked,
            onHand: Int(wire.onHand), reserved: Int(wire.reserved))
    }
}

extension Magpie_Product_V1_StockLevel {
    init(_ level: StockLevel) {
        variantID = level.variantID.rawValue
        sku = level.sku
        tracked = level.tracked
        onHand = Int64(level.onHand)
        reserved = Int64(level.reserved)
    }
}

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
