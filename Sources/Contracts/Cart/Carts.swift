package import Commerce
package import OfferContract
package import ServiceKit

/// Carts, always priced afresh. Every method throws `ServiceError`; an unknown, expired or foreign cart is 404
/// `cart_not_found`. One that became an order can be read still, and says so; changes are 409 `cart_completed`.
///
/// A cart made by a customer (see `CallContext`) belongs to that customer; a guest's belongs to whoever knows its id,
/// until a logged-in customer uses it.
///
/// A change that is repeated under its `CallContext.idempotency` happens once and returns the cart as it is then.
package protocol Carts: Sendable {
    /// Without a currency in the shop's own; 422 `unknown_currency`.
    func create(currency: String?) async throws -> Outcome<Cart>
    func cart(_ id: CartID) async throws -> Cart
    /// The same variant twice: quantities add up. 404 `variant_not_found`, 409 `out_of_stock`, 422 over the limits.
    func addLine(to id: CartID, variant: VariantID, quantity: Int) async throws -> Outcome<Cart>
    func changeLine(_ line: LineID, of id: CartID, quantity: Int) async throws -> Cart
    func removeLine(_ line: LineID, of id: CartID) async throws -> Cart
    /// 422 with the coupon's own reason as code (`coupon_unknown`, `coupon_expired`, …), 429 `rate_limited` after too
    /// many of them.
    func applyCoupon(_ code: String, to id: CartID) async throws -> Outcome<Cart>
    func removeCoupon(_ code: String, from id: CartID) async throws -> Cart
    func update(_ id: CartID, _ change: CartChange) async throws -> Cart
    func shippingOptions(for id: CartID) async throws -> [ShippingOption]

    /// Locks the cart for one order and returns its content. Repeating with the same order is harmless; another order
    /// while locked: 409 `checkout_in_progress`.
    func lock(_ id: CartID, for order: OrderID) async throws -> LockedCart
    /// Unlocks the cart after a failed checkout; ignored when another order holds the lock.
    func unlock(_ id: CartID, from order: OrderID) async throws
    /// The cart became this order; it accepts no changes any more. Idempotent.
    func complete(_ id: CartID, as order: OrderID) async throws
}
