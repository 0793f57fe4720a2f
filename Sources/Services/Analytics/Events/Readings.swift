import Commerce
import EventContract

extension Visit {
    init(_ message: Magpie_Events_V1_BehaviourRecorded) {
        let step = FunnelStep(behaviour: message.type)
        self.init(
            sessionID: message.sessionID, at: Instant(milliseconds: message.occurredAtMs), step: step,
            cartID: step >= .carted ? message.properties["cart_id"].flatMap { CartID($0) } : nil)
    }
}

extension Sale {
    /// - Parameter time: When the event was told; stands for the placing when the message leaves it out.
    init(_ message: Magpie_Events_V1_OrderPlaced, at time: Instant) throws {
        guard message.hasTotal else { throw AnalyticsError.missingAmount }
        self.init(
            orderID: OrderID(stored: message.orderID), cartID: CartID(message.cartID),
            placedAt: message.placedAtMs == 0 ? time : Instant(milliseconds: message.placedAtMs),
            total: try Money(message.total),
            lines: try message.lines.map { line in
                guard line.hasTotal else { throw AnalyticsError.missingAmount }
                return Line(
                    productID: ProductID(stored: line.productID), title: line.title, quantity: Int(line.quantity),
                    revenue: try Money(line.total))
            })
    }
}

extension Repayment {
    /// Nil when the payment moved in another direction. Voided and failed payments count too: placing the order counted
    /// them as paid. Cancellations move the payment, so `OrderCancelled` is not counted beside it.
    init?(_ message: Magpie_Events_V1_PaymentChanged, at time: Instant) throws {
        guard ["refunded", "voided", "failed"].contains(message.status) else { return nil }
        guard message.hasAmount else { throw AnalyticsError.missingAmount }
        self.init(
            orderID: OrderID(stored: message.orderID), amount: try Money(message.amount), at: time)
    }
}

extension Money {
    fileprivate init(_ message: Magpie_Events_V1_Money) throws {
        guard let currency = Currency(message.currency) else {
            throw AnalyticsError.unknownCurrency(message.currency)
        }
        self.init(message.amount, currency)
    }
}
