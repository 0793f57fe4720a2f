import Commerce
import CommerceWire
import ProductContract

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
