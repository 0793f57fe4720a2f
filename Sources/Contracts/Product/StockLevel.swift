package import Commerce

/// How much of a variant is on hand, reserved and available.
package struct StockLevel: Hashable, Sendable, Codable {
    package var variantID: VariantID
    package var sku: String
    package var tracked: Bool
    package var onHand: Int
    package var reserved: Int
    package var available: Int

    package init(variantID: VariantID, sku: String, tracked: Bool, onHand: Int, reserved: Int) {
        self.variantID = variantID
        self.sku = sku
        self.tracked = tracked
        self.onHand = onHand
        self.reserved = reserved
        available = onHand - reserved
    }

    enum CodingKeys: String, CodingKey {
        case sku, tracked, reserved, available
        case variantID = "variant_id"
        case onHand = "on_hand"
    }
}
