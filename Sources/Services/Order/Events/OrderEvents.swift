import Commerce
import EventContract
import EventLog
import OfferContract
import OrderContract
import SQL
import ServiceKit

/// What order-service reports to the others, always in the transaction that makes it true.
enum OrderEvents {
    static func placed(_ order: Order, cart: CartID, at now: Instant, in tx: any SQLTransaction) throws {
        let payload = OrderPlaced(
            orderID: order.id.rawValue, number: order.number, customerID: order.customerID?.rawValue,
            email: order.email, lines: order.lines.map(OrderPlaced.Line.init),
            subtotal: EventMoney(order.totals.subtotal), discountTotal: EventMoney(order.totals.discountTotal),
            shippingTotal: EventMoney(order.totals.shippingTotal), taxTotal: EventMoney(order.totals.taxTotal),
            total: EventMoney(order.totals.total), shippingAddress: order.shippingAddress,
            shippingOption: order.shippingOption.name, cartID: cart.rawValue, placedAt: order.placedAt)
        try append(payload, at: now, in: tx)
    }

    static func cancelled(_ order: Order, actor: String, refunded: Money, at now: Instant, in tx: any SQLTransaction)
        throws
    {
        let payload = OrderCancelled(
            orderID: order.id.rawValue, number: order.number, actor: actor, refunded: EventMoney(refunded))
        try append(payload, at: now, in: tx)
    }

    static func fulfilled(_ order: Order, actor: String, at now: Instant, in tx: any SQLTransaction) throws {
        let payload = OrderFulfilled(
            orderID: order.id.rawValue, number: order.number, tracking: order.tracking ?? "", actor: actor)
        try append(payload, at: now, in: tx)
    }

    /// - Parameter reason: A stable code; never words that a customer wrote.
    static func paymentChanged(
        _ status: Order.PaymentStatus, of order: OrderID, amount: Money, provider: String, reference: String,
        reason: String = "", actor: String, at now: Instant, in tx: any SQLTransaction
    ) throws {
        let payload = PaymentChanged(
            orderID: order.rawValue, status: status.rawValue, amount: EventMoney(amount), provider: provider,
            providerReference: reference, reason: reason, actor: actor)
        try append(payload, at: now, in: tx)
    }

    static func checkpoint(_ number: Int64, naming orders: [String], at now: Instant, in tx: any SQLTransaction) throws
    {
        try append(OrdersCheckpoint(number: number, orderIDs: orders), at: now, in: tx)
    }

    private static func append(_ payload: some EventPayload, at now: Instant, in tx: any SQLTransaction) throws {
        try Outbox.append(try Event(payload, source: "order-service", at: now), in: tx)
    }
}

extension OrderPlaced.Line {
    fileprivate init(_ line: Order.Line) {
        self.init(
            variantID: line.variantID.rawValue, productID: line.productID.rawValue, title: line.title,
            variantTitle: line.variantTitle, quantity: line.quantity, unitPrice: EventMoney(line.unitPrice),
            total: EventMoney(line.total))
    }
}
