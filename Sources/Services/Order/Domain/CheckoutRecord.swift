import Commerce
import ServiceKit

/// An attempt to turn a cart into an order, as it is recorded.
struct CheckoutRecord: Sendable {
    var orderID: OrderID
    /// Nil once the key has been released.
    var key: IdempotencyKey?
    var requestHash: String
    var cartID: CartID
    var principal: String
    var traceparent: String
    var provider: String
    var step: CheckoutSaga.Step
    var isRunning: Bool
    var isFree: Bool
    var leaseUntil: Instant
    var attempts: Int
}
