import Commerce
import OrderContract
import SQL
import ServiceKit

/// Lists orders, newest first.
struct ListOrders: Sendable {
    let context: OrderContext

    /// The orders of one customer.
    func run(of customer: CustomerID, page: PageRequest) async throws -> Page<Order> {
        try await context.database.read { tx in
            try OrderStore.page(customer: customer, status: nil, email: nil, page: page, in: tx)
        }
    }

    /// The orders of all customers that match the query. The caller has been authorised.
    func run(_ query: OrderQuery) async throws -> Page<Order> {
        let email = query.email.map { EmailAddress.normalised($0) ?? $0 }
        return try await context.database.read { tx in
            try OrderStore.page(customer: nil, status: query.status, email: email, page: query.page, in: tx)
        }
    }
}
