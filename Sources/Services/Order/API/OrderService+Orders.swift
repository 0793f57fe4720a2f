import AuthContract
package import Commerce
import Logging
package import OrderContract
import SQL
package import ServiceKit

extension OrderService: Orders {
    package func paymentMethods() async throws -> [PaymentMethod] { context.paymentMethods }

    package func place(_ cart: CartID, payment: PaymentInstruction) async throws -> Outcome<Order> {
        try await atTheEdge { try await PlaceOrder(context: context).place(cart, payment: payment) }
    }

    package func order(_ id: OrderID, guestToken: String?) async throws -> Order {
        try await atTheEdge { try await ReadOrder(context: context).read(id, guestToken: guestToken).order }
    }

    package func myOrders(page: PageRequest) async throws -> Page<Order> {
        guard let customer = CallContext.current.principal.customerID else { throw ServiceError.unauthenticated }
        return try await atTheEdge { try await ListOrders(context: context).list(of: customer, page: page) }
    }

    package func cancel(_ id: OrderID, guestToken: String?) async throws -> Outcome<Order> {
        try await atTheEdge {
            try await ReadOrder(context: context).requireWritable(id, guestToken: guestToken)
            return try await CancelOrder(context: context).cancel(id)
        }
    }

    package func orders(_ query: OrderQuery) async throws -> Page<Order> {
        try CallContext.current.principal.require(.ordersRead)
        return try await atTheEdge { try await ListOrders(context: context).list(query) }
    }

    package func fulfil(_ id: OrderID, tracking: String?) async throws -> Outcome<Order> {
        try CallContext.current.principal.require(.ordersWrite)
        return try await atTheEdge { try await ShipOrder(context: context).ship(id, tracking: tracking) }
    }

    package func refund(_ id: OrderID, amount: Int64?, reason: String) async throws -> Outcome<Order> {
        try CallContext.current.principal.require(.ordersWrite)
        return try await atTheEdge {
            try await RefundOrder(context: context).refund(id, amount: amount, reason: reason)
        }
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
            context.logger.warning("The order database is away", metadata: ["error": "\(error)"])
            throw ServiceError.unavailable("The order service")
        } catch {
            context.logger.error("An order request failed", metadata: ["error": "\(error)"])
            throw ServiceError.unexpected
        }
    }
}
