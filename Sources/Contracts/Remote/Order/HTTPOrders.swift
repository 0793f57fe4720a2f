package import Commerce
package import OrderContract
package import RPC
package import ServiceKit

/// `Orders` over HTTP.
enum OrdersWire {
    struct Place: Codable, Sendable {
        var cart: CartID
        var payment: PaymentInstruction
    }
    struct Reference: Codable, Sendable {
        var order: OrderID
        var guestToken: String?
    }
    struct Fulfil: Codable, Sendable {
        var order: OrderID
        var tracking: String?
    }
    struct Refund: Codable, Sendable {
        var order: OrderID
        /// Minor units.
        var amount: Int64?
        var reason: String
    }

    private static func method<Input, Output>(
        _ name: String, _ repeatable: WireMethod<Input, Output>.Repeatable
    ) -> WireMethod<Input, Output> {
        // A payment provider may take its time.
        WireMethod("orders", name, repeatable: repeatable, limit: .seconds(10))
    }

    static let paymentMethods: WireMethod<Nothing, [PaymentMethod]> = method("payment-methods", .always)
    static let place: WireMethod<Place, WireOutcome<Order>> = method("place", .withKey)
    static let order: WireMethod<Reference, Order> = method("order", .always)
    static let mine: WireMethod<PageRequest, WirePage<Order>> = method("mine", .always)
    static let cancel: WireMethod<Reference, WireOutcome<Order>> = method("cancel", .always)
    static let orders: WireMethod<OrderQuery, WirePage<Order>> = method("orders", .always)
    static let fulfil: WireMethod<Fulfil, WireOutcome<Order>> = method("fulfil", .withKey)
    static let refund: WireMethod<Refund, WireOutcome<Order>> = method("refund", .withKey)
}

/// `Orders` of another process.
package struct HTTPOrders: Orders {
    private let connection: HTTPConnection

    package init(_ connection: HTTPConnection) { self.connection = connection }

    package func paymentMethods() async throws -> [PaymentMethod] {
        try await connection.call(OrdersWire.paymentMethods, Nothing())
    }

    package func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        try await connection.call(OrdersWire.place, .init(cart: cart, payment: payment)).outcome
    }

    package func order(_ id: OrderID, guestToken: String?) async throws -> Order {
        try await connection.call(OrdersWire.order, .init(order: id, guestToken: guestToken))
    }

    package func myOrders(page: PageRequest) async throws -> Page<Order> {
        try await connection.call(OrdersWire.mine, page).page
    }

    package func cancel(_ id: OrderID, guestToken: String?) async throws -> Outcome<Order> {
        try await connection.call(OrdersWire.cancel, .init(order: id, guestToken: guestToken)).outcome
    }

    package func orders(_ query: OrderQuery) async throws -> Page<Order> {
        try await connection.call(OrdersWire.orders, query).page
    }

    package func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> {
        try await connection.call(OrdersWire.fulfil, .init(order: id, tracking: tracking)).outcome
    }

    package func refund(_ id: OrderID, amount: Int64?, reason: String) async throws -> Outcome<Order> {
        try await connection.call(OrdersWire.refund, .init(order: id, amount: amount, reason: reason)).outcome
    }
}

extension WireRoutes {
    /// Offers these orders to other processes.
    package mutating func add(_ orders: any Orders) {
        on(OrdersWire.paymentMethods) { _ in try await orders.paymentMethods() }
        on(OrdersWire.place) { WireOutcome(try await orders.place($0.cart, payment: $0.payment)) }
        on(OrdersWire.order) { try await orders.order($0.order, guestToken: $0.guestToken) }
        on(OrdersWire.mine) { WirePage(try await orders.myOrders(page: $0)) }
        on(OrdersWire.cancel) { WireOutcome(try await orders.cancel($0.order, guestToken: $0.guestToken)) }
        on(OrdersWire.orders) { WirePage(try await orders.orders($0)) }
        on(OrdersWire.fulfil) { WireOutcome(try await orders.fulfil($0.order, tracking: $0.tracking)) }
        on(OrdersWire.refund) {
            WireOutcome(try await orders.refund($0.order, amount: $0.amount, reason: $0.reason))
        }
    }
}
