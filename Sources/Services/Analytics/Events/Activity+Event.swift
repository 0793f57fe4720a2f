import Commerce
import EventContract
import EventLog

extension Activity {
    /// Nil for an event that the read models do not count.
    init?(_ event: Event) throws {
        if let payload = try event.payload(BehaviourRecorded.self) {
            self = .visit(Visit(payload))
        } else if let payload = try event.payload(OrderPlaced.self) {
            self = .sale(try Sale(payload, at: event.time))
        } else if let payload = try event.payload(PaymentChanged.self),
            let repayment = try Repayment(payload, at: event.time)
        {
            self = .repayment(repayment)
        } else {
            return nil
        }
    }
}

extension Visit {
    init(_ recorded: BehaviourRecorded) {
        let step = FunnelStep(behaviour: recorded.type)
        self.init(
            sessionID: recorded.sessionID, at: recorded.occurredAt, step: step,
            cartID: step >= .carted ? recorded.properties["cart_id"].flatMap { CartID($0) } : nil)
    }
}

extension Sale {
    /// - Parameter time: The event's; stands for the order's own time when the payload lacks it.
    init(_ placed: OrderPlaced, at time: Instant) throws {
        self.init(
            orderID: OrderID(stored: placed.orderID), cartID: CartID(placed.cartID), placedAt: placed.placedAt ?? time,
            total: try Money(placed.total),
            lines: try placed.lines.map { line in
                Line(
                    productID: ProductID(stored: line.productID), title: line.title, quantity: line.quantity,
                    revenue: try Money(line.total))
            })
    }
}

extension Repayment {
    /// Nil when the payment moved in another direction. Voided and failed payments count too: a placed order counted
    /// as paid. Cancellations move the payment, so `OrderCancelled` is not counted beside it.
    init?(_ changed: PaymentChanged, at time: Instant) throws {
        guard ["refunded", "voided", "failed"].contains(changed.status) else { return nil }
        self.init(orderID: OrderID(stored: changed.orderID), amount: try Money(changed.amount), at: time)
    }
}

extension Money {
    /// Throws `AnalyticsError`.
    fileprivate init(_ money: EventMoney?) throws {
        guard let money else { throw AnalyticsError.missingAmount }
        guard let currency = Currency(money.currency) else { throw AnalyticsError.unknownCurrency(money.currency) }
        self.init(money.amount, currency)
    }
}
