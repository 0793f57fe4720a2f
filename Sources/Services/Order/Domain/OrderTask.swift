import Commerce

/// Remote effects that an order still requires. The task exists until all of them are done.
struct OrderTask: Sendable {
    enum Kind: String, Sendable { case cancel, refund }

    /// The order's id for a cancellation, since an order is cancelled once; the refund's id for a refund.
    var id: String
    var orderID: OrderID
    var kind: Kind
    /// The key under which the provider refunds.
    var refundID: RefundID
    var actor: String
    var traceparent: String
    /// With `key`: the stored response that the end of the task updates.
    var caller: String?
    var key: String?
    var attempts = 0
}
