import AuthContract
import Commerce
import SQL
import ServiceKit

/// Stores a new account and publishes it, without logging anybody in.
struct InsertAccount: Sendable {
    let role: Customer.Role

    /// - Parameters:
    ///   - registration: Validated.
    ///   - hash: Of its password.
    func run(
        _ registration: Registration, hash: String, at now: Instant, in tx: any SQLTransaction
    ) throws -> Customer {
        let customer = Customer(
            id: CustomerID(at: now), email: registration.email, name: registration.name, role: role, createdAt: now)
        guard try CustomerTable.insert(customer, passwordHash: hash, in: tx) else { throw ServiceError.emailTaken }
        try AccountEvents.registered(customer, at: now, in: tx)
        return customer
    }
}
