import Commerce
import ServiceKit

/// A refund as it is recorded before the provider is called.
struct RefundRecord: Sendable {
    enum State: String, Sendable { case pending, done, failed }

    var id: RefundID
    var orderID: OrderID
    /// Minor units.
    var amount: Int64
    var reason: String
    var state: State
    var key: IdempotencyKey?
}
