import CartContract
import Commerce

/// The result of a change that may have been requested before.
enum CartChangeResult: Sendable {
    case changed(Cart)
    /// The idempotency key changed this cart before; nothing happened now.
    case repeated(CartID)
}
