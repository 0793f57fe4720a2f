package import Commerce
import FoundationEssentials
package import OrderContract
package import RPC
package import ServiceKit

/// `Orders` of another process.
package struct HTTPOrders: Orders {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func paymentMethods() async throws -> [PaymentMethod] {
        try await connection.call(OrderMethods.paymentMethods, Nothing())
    }

    package func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        try await connection.call(OrderMethods.place, .init(cart: cart, payment: payment)).outcome
    }

    package func order(_ id: OrderID, guestToken: String?) async throws -> Order {
        try await connection.call(OrderMethods.order, .init(order: id, guestToken: guestToken))
    }

    package func myOrders(page: PageRequest) async throws -> Page<Order> {
        try await connection.call(OrderMethods.mine, page).page
    }

    package func cancel(_ id: OrderID, guestToken: String?) async throws -> Outcome<Order> {
        try await connection.call(OrderMethods.cancel, .init(order: id, guestToken: guestToken)).outcome
    }

    package func orders(_ query: OrderQuery) async throws -> Page<Order> {
        try await connection.call(OrderMethods.orders, query).page
    }

    package func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> {
        try await connection.call(OrderMethods.fulfil, .init(order: id, tracking: tracking)).outcome
    }

    package func refund(
        _ id: OrderID, amount: Int64?, currency: Currency?, reason: String
    ) async throws -> Outcome<Order> {
        try await connection.call(
            OrderMethods.refund, .init(order: id, amount: amount, currency: currency, reason: reason)
        ).outcome
    }

    package func paymentNotification(provider: String, headers: [String: String], body: [UInt8]) async throws {
        _ = try await connection.call(
            OrderMethods.paymentNotification, .init(provider: provider, headers: headers, body: Data(body)))
    }
}

extension WireRoutes {
    /// Offers these orders to other processes.
    package mutating func add(_ orders: any Orders) {
        on(OrderMethods.paymentMethods) { _ in try await orders.paymentMethods() }
        on(OrderMethods.place) { WireOutcome(try await orders.place($0.cart, payment: $0.payment)) }
        on(OrderMethods.order) { try await orders.order($0.order, guestToken: $0.guestToken) }
        on(OrderMethods.mine) { WirePage(try await orders.myOrders(page: $0)) }
        on(OrderMethods.cancel) { WireOutcome(try await orders.cancel($0.order, guestToken: $0.guestToken)) }
        on(OrderMethods.orders) { WirePage(try await orders.orders($0)) }
        on(OrderMethods.fulfil) { WireOutcome(try await orders.fulfil($0.order, tracking: $0.tracking)) }
        on(OrderMethods.refund) {
            WireOutcome(
                try await orders.refund($0.order, amount: $0.amount, currency: $0.currency, reason: $0.reason))
        }
        on(OrderMethods.paymentNotification) {
            try await orders.paymentNotification(
                provider: $0.provider, headers: $0.headers, body: Array($0.body))
            return Nothing()
        }
    }
}
