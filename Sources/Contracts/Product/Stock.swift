package import Commerce

package struct StockReservation: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package var variant: VariantID
        package var quantity: Int
        package init(variant: VariantID, quantity: Int) {
            self.variant = variant
            self.quantity = quantity
        }
    }
    package var order: OrderID
    package var lines: [Line]
    /// After this time the stock goes back by itself.
    package var lifetime: Duration

    package init(order: OrderID, lines: [Line], lifetime: Duration) {
        self.order = order
        self.lines = lines
        self.lifetime = lifetime
    }
}

package struct StockAdjustment: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        /// What was counted on the shelf, reserved pieces included.
        case set(Int)
        /// More or fewer pieces.
        case by(Int)
        /// From now on sold without counting.
        case untrack
    }
    package var variant: VariantID
    package var change: Change
    package var reason: String

    package init(variant: VariantID, change: Change, reason: String) {
        self.variant = variant
        self.change = change
        self.reason = reason
    }
}

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

/// One entry of the stock ledger: the sum of all `quantity` of a variant is what is on hand.
package struct StockMovement: Hashable, Sendable, Codable {
    package enum Kind: String, Sendable, Codable { case adjustment, `import`, sale, restock }
    package var id: Int64
    package var variantID: VariantID
    package var kind: Kind
    package var quantity: Int
    package var reason: String
    package var orderID: OrderID?
    package var actor: String
    package var occurredAt: Instant

    package init(
        id: Int64, variantID: VariantID, kind: Kind, quantity: Int, reason: String, orderID: OrderID?, actor: String,
        occurredAt: Instant
    ) {
        self.id = id
        self.variantID = variantID
        self.kind = kind
        self.quantity = quantity
        self.reason = reason
        self.orderID = orderID
        self.actor = actor
        self.occurredAt = occurredAt
    }

    enum CodingKeys: String, CodingKey {
        case id, kind, quantity, reason, actor
        case variantID = "variant_id"
        case orderID = "order_id"
        case occurredAt = "occurred_at"
    }
}
