import OrderContract

/// An order with the payment details that only this service knows.
struct StoredOrder: Sendable {
    var order: Order
    /// Nil for a free order.
    var provider: String?
    var reference: String
    /// Minor units.
    var captured: Int64
    /// Minor units, pending refunds included.
    var refunding: Int64
}
