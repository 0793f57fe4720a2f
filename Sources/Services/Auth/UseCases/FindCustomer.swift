import AuthContract
import Commerce
import SQL
import ServiceKit

/// Finds one account. Throws 404 `customer_not_found`.
struct FindCustomer: Sendable {
    let context: AuthContext

    func run(_ id: CustomerID) async throws -> Customer {
        guard let found = try await context.database.read({ tx in try CustomerTable.find(id, in: tx) }) else {
            throw ServiceError.customerNotFound
        }
        return found
    }
}
