import Commerce
import CommerceWire
import ProductContract
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
