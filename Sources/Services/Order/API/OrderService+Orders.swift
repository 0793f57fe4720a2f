import AuthContract
package import Commerce
package import OrderContract
package import ServiceKit

extension OrderService: Orders {
    package func paymentMethods() async throws -> [PaymentMethod] { context.paymentMethods }

    package func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        try await boundary.call { try await PlaceOrder(context: context).run(cart, payment: payment) }
    }

    package func order(_ id: OrderID, guestToken: String?) async throws -> Order {
        try await boundary.call { try await ReadOrder(context: context).run(id, guestToken: guestToken).order }
    }

    package func myOrders(page: PageRequest) async throws -> Page<Order> {
        guard let customer = CallContext.current.principal.customerID else { throw ServiceError.unauthenticated }
        return try await boundary.call { try await ListOrders(context: context).run(of: customer, page: page) }
    }

    package func cancel(_ id: OrderID, guestToken: String?) async throws -> Outcome<Order> {
        try await boundary.call {
            try await ReadOrder(context: context).requireWritable(id, guestToken: guestToken)
            return try await CancelOrder(context: context).run(id)
        }
    }

    package func orders(_ query: OrderQuery) async throws -> Page<Order> {
        try CallContext.current.principal.require(.ordersRead)
        return try await boundary.call { try await ListOrders(context: context).run(query) }
    }

    package func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> {
        try CallContext.current.principal.require(.ordersWrite)
        return try await boundary.call { try await ShipOrder(context: context).run(id, tracking: tracking) }
    }

    package func refund(
        _ id: OrderID, amount: Int64?, currency: Currency?, reason: String
    ) async throws -> Outcome<Order> {
        try CallContext.current.principal.require(.ordersWrite)
        return try await boundary.call {
            try await RefundOrder(context: context).run(
                id, amount: amount, currency: currency, reason: reason)
        }
    }

    package func paymentNotification(provider: String, headers: [String: String], body: [UInt8]) async throws {
        try await boundary.call {
            try await TakePaymentNotification(context: context).run(from: provider, headers: headers, body: body)
        }
    }
}
