import AuthContract
import Commerce
import OrderContract
import SQL
import ServiceKit

/// Reads one order for a caller who may see it.
struct ReadOrder: Sendable {
    let context: OrderContext

    /// The order, and whether it is the caller's own. Throws `order_not_found` for all other callers.
    ///
    /// A guest token opens only guests' orders, never a customer's.
    func run(_ id: OrderID, guestToken: String?) async throws -> (order: Order, isOwn: Bool) {
        let principal = CallContext.current.principal
        let stored = try await context.database.read { tx in try OrderStore.order(id, in: tx) }
        let isTokenValid = try await context.digests.acceptsGuestToken(guestToken, for: id)
        guard let order = stored?.order else { throw ServiceError.orderNotFound }
        if let owner = order.customerID, owner == principal.customerID { return (order, true) }
        if order.customerID == nil, isTokenValid { return (order, true) }
        guard principal.may(.ordersRead) || principal.may(.ordersWrite) else { throw ServiceError.orderNotFound }
        return (order, false)
    }

    /// Requires that the caller may change the order: its owner, or staff with `orders:write`.
    func requireWritable(_ id: OrderID, guestToken: String?) async throws {
        let (_, isOwn) = try await run(id, guestToken: guestToken)
        if !isOwn { try CallContext.current.principal.require(.ordersWrite) }
    }
}
