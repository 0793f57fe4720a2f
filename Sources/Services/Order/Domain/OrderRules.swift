import Commerce
import OfferContract
import OrderContract
import ServiceKit

/// The transitions of an order: pending → confirmed → fulfilled, cancelled or refunded.
enum OrderRules {
    static func mayBecome(_ next: Order.Status, from status: Order.Status) -> Bool {
        switch (status, next) {
        case (.pending, .confirmed), (.pending, .cancelled): true
        case (.confirmed, .fulfilled), (.confirmed, .cancelled), (.confirmed, .refunded): true
        case (.fulfilled, .refunded): true
        default: false
        }
    }

    /// Throws `order_not_fulfillable` for an order that is unpaid, wholly refunded or without committed stock.
    /// - Parameter checkout: The recorded step of the order's checkout; nil when there is no record.
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

    /// Whether the order still holds stock.
    static func takesStock(_ status: Order.Status) -> Bool { status != .cancelled && status != .refunded }

    /// The amount of a refund in minor units: `wanted`, or the whole remainder. A cancelled order has a remainder when
    /// the provider refused the refund of the cancellation.
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
        guard wanted > 0 else { throw .invalid("amount", code: FieldCode.tooSmall, "must be at least one minor unit") }
        guard wanted <= left else { throw .refundTooLarge }
        return wanted
    }

    /// Throws 422 for an amount in another currency than the order's.
    /// - Parameter currency: Nil when the amount came without one.
    static func requireRefundCurrency(_ currency: Currency?, of order: Order) throws(ServiceError) {
        let sold = order.totals.total.currency
        guard let currency, currency != sold else { return }
        throw .invalid("amount.currency", code: ErrorCode.currencyMismatch, "must be the order's: \(sold.code)")
    }

    /// Throws 422 for a reason that is blank or longer than 500 characters.
    static func requireRefundReason(_ reason: String) throws(ServiceError) {
        guard !reason.isBlank else {
            throw .invalid("reason", code: FieldCode.required, "must not be empty")
        }
        guard reason.unicodeScalars.count <= 500 else {
            throw .invalid("reason", code: FieldCode.tooLong, "must have at most 500 characters")
        }
    }

    /// Throws 422 for tracking information longer than 200 characters.
    static func requireTracking(_ tracking: String?) throws(ServiceError) {
        guard let tracking, tracking.unicodeScalars.count > 200 else { return }
        throw .invalid("tracking", code: FieldCode.tooLong, "must have at most 200 characters")
    }
}
