package import Commerce
import EventContract
package import EventLog

/// Events as services publish them.
package enum SampleEvents {
    package static let noon = instant("2026-03-10T12:00:00Z")

    package static func instant(_ text: String) -> Instant { Instant(rfc3339: text) ?? Instant(milliseconds: 0) }

    package static func registered(_ customer: String = "cus_1", at time: Instant = noon) throws -> Event {
        try Event(AccountRegistered(customerID: customer, role: "customer"), source: "auth-service", at: time)
    }

    package static func loginFailed(at time: Instant = noon) throws -> Event {
        try Event(
            AccountLoginFailed(emailDigest: "d1ge57", reason: "wrong_password"), source: "auth-service", at: time)
    }

    package static func priceChanged(by actor: String = "cus_staff", at time: Instant = noon) throws -> Event {
        try Event(
            PriceChanged(
                productID: "prod_1", variantID: "var_1", before: EventMoney(1_000, "USD"),
                after: EventMoney(900, "USD"), actor: actor),
            source: "product-service", at: time)
    }

    package static func staffActed(_ details: [String: String], at time: Instant = noon) throws -> Event {
        try Event(
            StaffActed(actor: "cus_staff", action: "offers.replaced", subject: "offers", details: details),
            source: "offer-service", at: time)
    }

    /// An order of whole lines: product, title, quantity, revenue in minor units.
    package static func placed(
        _ order: String, cart: CartID? = nil, currency: String = "USD",
        lines: [(product: String, title: String, quantity: Int, revenue: Int64)] = [("prod_1", "Kettle", 1, 1_000)],
        at time: Instant = noon
    ) throws -> Event {
        let total = EventMoney(lines.reduce(0) { $0 + $1.revenue }, currency)
        let none = EventMoney(0, currency)
        let placed = OrderPlaced(
            orderID: order, number: "M-1001", customerID: "cus_1", email: "ada@example.com",
            lines: lines.map { line in
                OrderPlaced.Line(
                    productID: line.product, title: line.title, quantity: line.quantity,
                    unitPrice: EventMoney(line.revenue / Int64(line.quantity), currency),
                    total: EventMoney(line.revenue, currency))
            },
            subtotal: total, discountTotal: none, shippingTotal: none, taxTotal: none, total: total,
            shippingAddress: Address(
                name: "Ada Lovelace", line1: "12 St James's Square", city: "", postalCode: "", country: ""),
            cartID: cart?.rawValue ?? "", placedAt: time)
        return try Event(placed, source: "order-service", at: time)
    }

    package static func cancelled(_ order: String, key: String = "k") throws -> Event {
        var event = try Event(OrderCancelled(orderID: order), source: "test")
        event.key = key
        return event
    }

    package static func payment(
        _ status: String, of order: String, _ amount: Int64, currency: String = "USD", at time: Instant = noon
    ) throws -> Event {
        try Event(
            PaymentChanged(orderID: order, status: status, amount: EventMoney(amount, currency)),
            source: "order-service", at: time)
    }

    package static func behaviour(
        _ type: String, session: String, cart: CartID? = nil, at time: Instant = noon
    ) throws -> Event {
        try Event(
            BehaviourRecorded(
                type: type, sessionID: session, occurredAt: time,
                properties: cart.map { ["cart_id": $0.rawValue] } ?? [:]),
            source: "analytics-ingest", at: time)
    }
}
