package import Commerce

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
