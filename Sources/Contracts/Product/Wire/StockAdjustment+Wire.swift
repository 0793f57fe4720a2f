import Commerce
import CommerceWire
import ProductContract
import RPC

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
