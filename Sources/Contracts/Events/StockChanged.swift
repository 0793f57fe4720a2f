package import EventLog

/// Stock of a variant moved.
package struct StockChanged: Hashable, EventPayload {
    package var productID: String
    package var variantID: String
    package var onHand: Int64
    package var reserved: Int64
    /// `adjustment`, `import`, `sale` or `restock`.
    package var kind: String
    package var quantity: Int64
    package var reason: String
    package var actor: String

    package init(
        productID: String, variantID: String, onHand: Int64, reserved: Int64, kind: String, quantity: Int64,
        reason: String, actor: String
    ) {
        self.productID = productID
        self.variantID = variantID
        self.onHand = onHand
        self.reserved = reserved
        self.kind = kind
        self.quantity = quantity
        self.reason = reason
        self.actor = actor
    }

    package static var topic: Topic { .catalogue }
    package var key: String { productID }
}
