import AuthContract
import Commerce
import SQL
import ServiceKit

/// Creates an administrator's account. The account and its audit record are one transaction.
struct CreateAdministrator: Sendable {
    let context: AuthContext
    /// Who acts, as the audit log names it.
    let actor: String

    /// - Parameters:
    ///   - registration: Validated.
    ///   - promote: Whether an existing customer's account may become an administrator's.
    func run(_ registration: Registration, promote: Bool) async throws -> AdministratorCreation {
        let existing = try await context.database.read { tx in
            try CustomerTable.find(email: registration.email, in: tx)
        }
        let hash = existing == nil ? try await context.hashPassword.run(registration.password) : nil
        let now = context.clock.now()
        let creation: AdministratorCreation = try await context.database.write { [actor] tx in
            if let customer = try CustomerTable.find(email: registration.email, in: tx)?.customer {
                if customer.role == .administrator { return .unchanged(customer) }
                guard promote else { return .refused(customer) }
                return .promoted(try PromoteCustomer(actor: actor).run(customer, at: now, in: tx))
            }
            // Accounts are never deleted: one that was found before is found again.
            guard let hash else { throw ServiceError.customerNotFound }
            let customer = try InsertAccount(role: .administrator).run(registration, hash: hash, at: now, in: tx)
            try AccountEvents.operatorActed(
                actor, "administrator.create", on: customer.id.rawValue, at: now, in: tx)
            return .created(customer, password: registration.password)
        }
        if case .created = creation { context.counters.countCreated() }
        return creation
    }
}
