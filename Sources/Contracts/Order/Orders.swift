package import Commerce
package import ServiceKit

/// Orders and their payments. Every method throws `ServiceError`; an unknown or foreign order is 404 `order_not_found`.
package protocol Orders: Sendable {
    /// What checkout offers; empty in a shop that takes no payments.
    func paymentMethods() async throws -> [PaymentMethod]
    /// Turns a cart into a confirmed, paid order. Needs `CallContext.idempotency` (400 `idempotency_key_required`).
    ///
    /// 402 `payment_declined` or `payment_requires_action`, 409 `no_payment_method`, `out_of_stock`, `price_changed`,
    /// `coupon_exhausted`, `checkout_in_progress`; 422 `unknown_provider`, `cart_empty`, `email_required`,
    /// `shipping_address_required`, `shipping_option_required`; 429 `rate_limited` after too many refused payments, never
    /// for an attempt that may have charged. After any of them the cart is as it was.
    ///
    /// Once the payment is authorised and the order recorded it stands: should the provider refuse the capture after
    /// all, or the stock have gone meanwhile, the result is the order, `cancelled`.
    func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order>
    /// For the customer who owns it, staff with `orders:read`, or whoever shows its guest token or, while it
    /// lasts, the token of the link in a mail about it.
    func order(_ id: OrderID, guestToken: String?) async throws -> Order
    /// The calling customer's own, newest first.
    func myOrders(page: PageRequest) async throws -> Page<Order>
    /// Returns stock and money. 409 `order_not_cancellable` once fulfilled or refunded; repeating is harmless.
    func cancel(_ id: OrderID, guestToken: String?) async throws -> Outcome<Order>

    /// Staff, `orders:read`, newest first.
    func orders(_ query: OrderQuery) async throws -> Page<Order>
    /// Staff, `orders:write`: sent to the customer. 409 `order_not_fulfillable`.
    func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order>
    /// Staff, `orders:write`: gives money back, all that is left when `amount` is nil. Needs an idempotency key.
    /// 409 `order_not_refundable`, 422 `refund_too_large`, and 422 when `currency` is set and not the order's.
    func refund(_ id: OrderID, amount: Int64?, currency: Currency?, reason: String) async throws -> Outcome<Order>

    /// For anyone: what reached the webhook of a payment provider, which verifies it itself. The order's postponed work
    /// is then done now. Repeating is harmless, and so is a payment that is unknown here. 404 `not_found` when there is
    /// no such provider or it sends none, 400 `invalid_notification` when the provider did not send this.
    ///
    /// - Parameters:
    ///   - headers: By name in lower case.
    ///   - body: As it arrived, at most 64 KiB.
    func paymentNotification(provider: String, headers: [String: String], body: [UInt8]) async throws
}
