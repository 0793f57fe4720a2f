import CartContract
import Commerce
import OfferContract
import OrderContract
import SQL
import ServiceKit

extension OrderStore {
    /// Writes the order with its lines. Throws `cart_completed` when another order was made of the cart.
    /// - Returns: The order's number.
    static func insert(
        _ order: Order, cart: CartID, provider: String?, reference: String?, in tx: any SQLTransaction
    ) throws -> String {
        let totals = order.totals
        let rows = try tx.query(
            """
            INSERT INTO orders (id, cart_id, status, payment_status, customer_id, email, currency, coupons,
                shipping_address, billing_address, shipping_option, subtotal, discount_total, shipping_total,
                tax_total, total, payment_provider, payment_reference, placed_at, updated_at)
            VALUES (\(order.id), \(cart), \(order.status.rawValue), \(order.paymentStatus.rawValue),
                \(order.customerID), \(order.email), \(totals.total.currency), \(try JSON.text(order.coupons)),
                \(try JSON.text(order.shippingAddress)), \(try JSON.text(order.billingAddress)),
                \(try JSON.text(order.shippingOption)), \(totals.subtotal.amount),
                \(totals.discountTotal.amount), \(totals.shippingTotal.amount), \(totals.taxTotal.amount),
                \(totals.total.amount), \(provider), \(reference), \(order.placedAt), \(order.updatedAt))
            ON CONFLICT (cart_id) DO NOTHING
            RETURNING serial
            """)
        guard let row = rows.first else { throw ServiceError.cartCompleted }
        for (position, line) in order.lines.enumerated() {
            try tx.execute(
                """
                INSERT INTO order_lines (order_id, position, id, variant_id, product_id, product_handle, title,
                    variant_title, sku, image_url, quantity, unit_price, adjustments, total)
                VALUES (\(order.id), \(position), \(line.id), \(line.variantID), \(line.productID),
                    \(line.productHandle), \(line.title), \(line.variantTitle), \(line.sku), \(line.imageURL),
                    \(line.quantity), \(line.unitPrice.amount), \(try JSON.text(line.adjustments)),
                    \(line.total.amount))
                """)
        }
        return number(try row.int64("serial"))
    }

    /// - Returns: False when the payment is no longer only authorised.
    static func markCaptured(_ id: OrderID, at now: Instant, in tx: any SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE orders SET payment_status = 'captured', captured = total, updated_at = \(now)
            WHERE id = \(id) AND payment_status = 'authorized'
            """) == 1
    }

    /// - Returns: False when the order has been cancelled, or the payment is no longer only authorised.
    static func markPaymentFailed(_ id: OrderID, at now: Instant, in tx: any SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE orders SET payment_status = 'failed', updated_at = \(now)
            WHERE id = \(id) AND payment_status = 'authorized' AND status <> 'cancelled'
            """) == 1
    }

    static func setStatus(
        _ status: Order.Status, from: [Order.Status], of id: OrderID, tracking: String? = nil, at now: Instant,
        in tx: any SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE orders SET status = \(status.rawValue), tracking = COALESCE(\(tracking), tracking),
                updated_at = \(now)
            WHERE id = \(id) AND status IN \(in: from.map(\.rawValue))
            """) == 1
    }

    /// Records the amount that the provider has captured, in minor units, unless one is recorded.
    static func recordCaptured(_ amount: Int64, of id: OrderID, in tx: any SQLTransaction) throws {
        try tx.execute("UPDATE orders SET captured = \(amount) WHERE id = \(id) AND captured = 0")
    }

    static func setPayment(_ status: Order.PaymentStatus, of id: OrderID, at now: Instant, in tx: any SQLTransaction)
        throws
    {
        try tx.execute(
            "UPDATE orders SET payment_status = \(status.rawValue), updated_at = \(now) WHERE id = \(id)")
    }
}
