import AuthContract
package import Commerce
import Logging
package import OrderContract
import SQL
package import ServiceKit

extension OrderService: Orders {
    package func paymentMethods() async throws -> [PaymentMethod] { shop.paymentMethods }

    package func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        try await atTheEdge { try await Placing(shop: shop).place(cart, payment: payment) }
    }

    package func order(_ id: OrderID, guestToken: String?) async throws -> Order {
        try await atTheEdge { try await visible(id, guestToken).order }
    }

    package func myOrders(page: PageRequest) async throws -> Page<Order> {
        guard let customer = CallContext.current.principal.customerID else { throw ServiceError.unauthenticated }
        return try await atTheEdge {
            try await shop.database.read { tx in
                try OrderStore.page(customer: customer, status: nil, email: nil, page: page, in: tx)
            }
        }
    }

    package func cancel(_ id: OrderID, guestToken: String?) async throws -> Outcome<Order> {
        try await atTheEdge {
            let (_, isOwn) = try await visible(id, guestToken)
            if !isOwn { try CallContext.current.principal.require(.ordersWrite) }
            return try await Cancellation(shop: shop).cancel(id)
        }
    }

    package func orders(_ query: OrderQuery) async throws -> Page<Order> {
        try CallContext.current.principal.require(.ordersRead)
        let email = query.email.map { EmailAddress.normalised($0) ?? $0 }
        return try await atTheEdge {
            try await shop.database.read { tx in
                try OrderStore.page(
                    customer: nil, status: query.status, email: email, page: query.page, in: tx)
            }
        }
    }

    package func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> {
        try CallContext.current.principal.require(.ordersWrite)
        return try await atTheEdge { try await Fulfilment(shop: shop).fulfil(id, tracking: tracking) }
    }

    package func refund(_ id: OrderID, amount: Int64?, reason: String) async throws -> Outcome<Order> {
        try CallContext.current.principal.require(.ordersWrite)
        return try await atTheEdge {
            try await Refunding(shop: shop).refund(id, amount: amount, reason: reason)
        }
    }

    /// The order when the caller may see it, and whether it is the caller's own; everybody else learns nothing. A
    /// customer's order is never opened by a token: those are for guests.
    private func visible(_ id: OrderID, _ guestToken: String?) async throws -> (order: Order, isOwn: Bool) {
        let principal = CallContext.current.principal
        let stored = try await shop.database.read { tx in try OrderStore.order(id, in: tx) }
        let tokenFits = try await shop.guests.accepts(guestToken, for: id)
        guard let order = stored?.order else { throw ServiceError.notFound("order") }
        if let owner = order.customerID, owner == principal.customerID { return (order, true) }
        if order.customerID == nil, tokenFits { return (order, true) }
        guard principal.may(.ordersRead) || principal.may(.ordersWrite) else { throw ServiceError.notFound("order") }
        return (order, false)
    }

    /// Turns whatever goes wrong inside into what callers may see, and logs the cause here.
    private func atTheEdge<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as ServiceError {
            throw error
        } catch let crash as SimulatedCrash {
            throw crash
        } catch is CancellationError {
            throw ServiceError.deadlineExceeded
        } catch let error as SQLError where error.isOutage {
            shop.logger.warning("The order database is away", metadata: ["error": "\(error)"])
            throw ServiceError.unavailable("The order service")
        } catch {
            shop.logger.error("An order request failed", metadata: ["error": "\(error)"])
            throw ServiceError.unexpected
        }
    }
}
