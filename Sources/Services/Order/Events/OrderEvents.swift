import Commerce
import EventContract
import EventLog
import OfferContract
import OrderContract
import SQL
import ServiceKit

/// What order-service tells the others, always in the transaction that makes it true.
enum OrderEvents {
    static func placed(_ order: Order, cart: CartID, at now: Instant, in tx: any SQLTransaction) throws {
        var message = Magpie_Events_V1_OrderPlaced()
        message.orderID = order.id.rawValue
        message.number = order.number
        message.customerID = order.customerID?.rawValue ?? ""
        message.email = order.email
        message.lines = order.lines.map(Magpie_Events_V1_OrderLine.init)
        message.subtotal = .init(order.totals.subtotal)
        message.discountTotal = .init(order.totals.discountTotal)
        message.shippingTotal = .init(order.totals.shippingTotal)
        message.taxTotal = .init(order.totals.taxTotal)
        message.total = .init(order.totals.total)
        message.shippingAddress = .init(order.shippingAddress)
        message.shippingOption = order.shippingOption.name
        message.cartID = cart.rawValue
        message.placedAtMs = order.placedAt.milliseconds
        try append(.init(message, source: source, topic: .orders, key: order.id.rawValue, at: now), in: tx)
    }

    static func cancelled(_ order: Order, actor: String, refunded: Money, at now: Instant, in tx: any SQLTransaction)
        throws
    {
        var message = Magpie_Events_V1_OrderCancelled()
        message.orderID = order.id.rawValue
        message.number = order.number
        message.actor = actor
        message.refunded = .init(refunded)
        try append(.init(message, source: source, topic: .orders, key: order.id.rawValue, at: now), in: tx)
    }

    static func fulfilled(_ order: Order, actor: String, at now: Instant, in tx: any SQLTransaction) throws {
        var message = Magpie_Events_V1_OrderFulfilled()
        message.orderID = order.id.rawValue
        message.number = order.number
        message.tracking = order.tracking ?? ""
        message.actor = actor
        try append(.init(message, source: source, topic: .orders, key: order.id.rawValue, at: now), in: tx)
    }

    /// - Parameter reason: A stable code; never words that a customer wrote.
    static func paymentChanged(
        _ status: Order.PaymentStatus, of order: OrderID, amount: Money, provider: String, reference: String,
        reason: String = "", actor: String, at now: Instant, in tx: any SQLTransaction
    ) throws {
        var message = Magpie_Events_V1_PaymentChanged()
        message.orderID = order.rawValue
        message.status = status.rawValue
        message.amount = .init(amount)
        message.provider = provider
        message.providerReference = reference
        message.reason = reason
        message.actor = actor
        try append(.init(message, source: source, topic: .orders, key: order.rawValue, at: now), in: tx)
    }

    private static let source = "order-service"

    private static func append(_ event: Event, in tx: any SQLTransaction) throws {
        try Outbox.append(event, in: tx)
    }
}

extension Magpie_Events_V1_Money {
    fileprivate init(_ money: Money) {
        self.init()
        amount = money.amount
        currency = money.currency.code
    }
}

extension Magpie_Events_V1_OrderLine {
    fileprivate init(_ line: Order.Line) {
        self.init()
        variantID = line.variantID.rawValue
        productID = line.productID.rawValue
        title = line.title
        variantTitle = line.variantTitle
        quantity = Int32(clamping: line.quantity)
        unitPrice = .init(line.unitPrice)
        total = .init(line.total)
    }
}

extension Magpie_Events_V1_PostalAddress {
    fileprivate init(_ address: Address) {
        self.init()
        name = address.name
        line1 = address.line1
        line2 = address.line2 ?? ""
        city = address.city
        region = address.region ?? ""
        postalCode = address.postalCode
        country = address.country
    }
}
