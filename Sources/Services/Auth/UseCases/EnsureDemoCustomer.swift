import AuthContract
import Commerce
import SQL

/// Creates a customer's account unless the email address has one; an existing account stays as it is.
struct EnsureDemoCustomer: Sendable {
    let context: AuthContext

    /// - Parameter registration: Validated.
    func run(_ registration: Registration) async throws -> Customer {
        let existing = try await context.database.read { tx in
            try CustomerTable.find(email: registration.email, in: tx)?.customer
        }
        if let existing { return existing }
        let hash = try await context.hashPassword.run(registration.password)
        let now = context.clock.now()
        let (customer, isNew) = try await context.database.write { tx in
            if let existing = try CustomerTable.find(email: registration.email, in: tx)?.customer {
                return (existing, false)
            }
            return (try InsertAccount(role: .customer).run(registration, hash: hash, at: now, in: tx), true)
        }
        if isNew { context.counters.countCreated() }
        return customer
    }
}
