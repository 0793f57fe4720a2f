import Commerce
import OrderContract

/// A payment beside the order with its key.
struct PaymentMatch: Sendable {
    /// What decides whether an order may keep money.
    struct OrderState: Sendable {
        var status: Order.Status
        var updatedAt: Instant
    }

    var payment: Payment
    /// Nil when there is none.
    var order: OrderState?

    /// Whether money is held for no order, or for one that has given it back.
    /// - Parameter limit: Orders that changed later may still be giving it back.
    func isUnaccounted(before limit: Instant) -> Bool {
        guard payment.holdsMoney else { return false }
        guard let order else { return true }
        let givesBack = order.status == .cancelled || order.status == .refunded
        return givesBack && order.updatedAt <= limit
    }
}
