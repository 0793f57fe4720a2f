import Commerce
import OrderContract

/// The outcome of a cancelled order's payment.
enum CancelledPayment: Sendable {
    /// Never captured: voided, or refused from the start.
    case released(Order.PaymentStatus)
    /// Refunded by the cancellation itself.
    case refunded(Money)
    /// Earlier refunds had returned the whole amount.
    case settled
    /// The provider refused the refund. Staff may request another one.
    case refused
}
