import OrderContract
import ServiceKit

/// Which way an order may go: pending → confirmed → fulfilled, cancelled or refunded.
enum OrderRules {
    static func mayBecome(_ next: Order.Status, from status: Order.Status) -> Bool {
        switch (status, next) {
        case (.pending, .confirmed), (.pending, .cancelled): true
        case (.confirmed, .fulfilled), (.confirmed, .cancelled), (.confirmed, .refunded): true
        case (.fulfilled, .refunded): true
        default: false
        }
    }

    /// Throws `order_not_fulfillable`: nothing leaves the house that is unpaid, given back whole, or not in stock.
    /// - Parameter checkout: How far the order's checkout has come; nil when nobody knows.
    static func requireFulfillable(_ stored: StoredOrder, checkout: CheckoutSaga.Step?) throws(ServiceError) {
        let order = stored.order
        let isPaid = stored.provider == nil || stored.refunding < stored.captured
        guard mayBecome(.fulfilled, from: order.status), order.paymentStatus == .captured, isPaid,
            checkout?.hasStock == true
        else { throw .orderNotFulfillable }
    }

    static func requireCancellable(_ status: Order.Status) throws(ServiceError) {
        guard mayBecome(.cancelled, from: status) else { throw .orderNotCancellable }
    }

    /// Whether the order still takes stock off the shelf.
    static func takesStock(_ status: Order.Status) -> Bool { status != .cancelled && status != .refunded }

    /// How much a refund gives back, in minor units: `wanted`, or all that is left. A cancelled order has something
    /// left when the provider refused the refund that its cancellation asked for.
    static func refundAmount(
        wanted: Int64?, captured: Int64, refunded: Int64, _ status: Order.Status, _ payment: Order.PaymentStatus
    ) throws(ServiceError) -> Int64 {
        let left = captured - refunded
        guard status == .cancelled || mayBecome(.refunded, from: status), payment == .captured, captured > 0 else {
            throw .orderNotRefundable
        }
        guard let wanted else {
            guard left > 0 else { throw .orderNotRefundable }
            return left
        }
        guard wanted > 0 else { throw .invalid("amount", code: "too_small", "must be at least one minor unit") }
        guard wanted <= left else { throw .refundTooLarge }
        return wanted
    }
}
