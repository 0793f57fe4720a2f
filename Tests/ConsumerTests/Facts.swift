import Commerce
import EventContract
import EventLog
import ServiceKit

/// Events as the other services tell them.
enum Facts {
    static let noon = instant("2026-03-10T12:00:00Z")

    static func instant(_ text: String) -> Instant { Instant(rfc3339: text) ?? Instant(milliseconds: 0) }

    static func registered(_ customer: String = "cus_1", at time: Instant = noon) throws -> Event {
        var message = Magpie_Events_V1_AccountRegistered()
        message.customerID = customer
        message.role = "customer"
        return try Event(message, source: "auth-service", topic: .accounts, key: customer, at: time)
    }

    static func loginFailed(at time: Instant = noon) throws -> Event {
        var message = Magpie_Events_V1_AccountLoginFailed()
        message.emailDigest = "d1ge57"
        message.reason = "wrong_password"
        return try Event(message, source: "auth-service", topic: .accounts, key: "d1ge57", at: time)
    }

    static func priceChanged(by actor: String = "cus_staff", at time: Instant = noon) throws -> Event {
        var message = Magpie_Events_V1_PriceChanged()
        message.productID = "prod_1"
        message.variantID = "var_1"
        message.before = money(1_000, "USD")
        message.after = money(900, "USD")
        message.actor = actor
        return try Event(message, source: "product-service", topic: .catalogue, key: "prod_1", at: time)
    }

    static func staffActed(_ details: [String: String], at time: Instant = noon) throws -> Event {
        var message = Magpie_Events_V1_StaffActed()
        message.actor = "cus_staff"
        message.action = "offers.replaced"
        message.subject = "offers"
        message.details = details
        return try Event(message, source: "offer-service", topic: .staff, key: "cus_staff", at: time)
    }

    /// An order of whole lines: product, title, quantity, revenue in minor units.
    static func placed(
        _ order: String, cart: CartID? = nil, currency: String = "USD",
        lines: [(product: String, title: String, quantity: Int32, revenue: Int64)] = [("prod_1", "Kettle", 1, 1_000)],
        at time: Instant = noon
    ) throws -> Event {
        var message = Magpie_Events_V1_OrderPlaced()
        message.orderID = order
        message.number = "M-1001"
        message.customerID = "cus_1"
        message.email = "ada@example.com"
        message.shippingAddress.name = "Ada Lovelace"
        message.shippingAddress.line1 = "12 St James's Square"
        message.cartID = cart?.rawValue ?? ""
        message.placedAtMs = time.milliseconds
        message.subtotal = money(lines.reduce(0) { $0 + $1.revenue }, currency)
        message.discountTotal = money(0, currency)
        message.shippingTotal = money(0, currency)
        message.taxTotal = money(0, currency)
        message.total = message.subtotal
        message.lines = lines.map { line in
            var result = Magpie_Events_V1_OrderLine()
            result.productID = line.product
            result.title = line.title
            result.quantity = line.quantity
            result.unitPrice = money(line.revenue / Int64(line.quantity), currency)
            result.total = money(line.revenue, currency)
            return result
        }
        return try Event(message, source: "order-service", topic: .orders, key: order, at: time)
    }

    static func payment(
        _ status: String, of order: String, _ amount: Int64, currency: String = "USD", at time: Instant = noon
    ) throws -> Event {
        var message = Magpie_Events_V1_PaymentChanged()
        message.orderID = order
        message.status = status
        message.amount = money(amount, currency)
        return try Event(message, source: "order-service", topic: .orders, key: order, at: time)
    }

    static func behaviour(
        _ type: String, session: String, cart: CartID? = nil, at time: Instant = noon
    ) throws -> Event {
        var message = Magpie_Events_V1_BehaviourRecorded()
        message.type = type
        message.sessionID = session
        message.occurredAtMs = time.milliseconds
        if let cart { message.properties["cart_id"] = cart.rawValue }
        return try Event(message, source: "analytics-ingest", topic: .behaviour, key: session, at: time)
    }

    private static func money(_ amount: Int64, _ currency: String) -> Magpie_Events_V1_Money {
        var money = Magpie_Events_V1_Money()
        money.amount = amount
        money.currency = currency
        return money
    }
}

/// A caller from the staff with these permissions only.
func staff(_ permissions: Permission...) -> CallContext {
    CallContext(principal: .staff(CustomerID(), permissions: Set(permissions)))
}

/// Hands the group everything the log holds for it, as its consumer would.
func drain(
    _ log: any EventLog, group: String, topics: [Topic], handle: (Event) async throws -> Void
) async throws {
    for topic in topics {
        while true {
            let batch = try await log.poll(group: group, topic: topic, limit: 10, wait: .zero)
            for logged in batch {
                try await handle(logged.event)
                _ = try await log.commit(logged, group: group)
            }
            if batch.isEmpty { break }
        }
    }
}
