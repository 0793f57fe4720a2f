import AuthContract
import Commerce
import SQL
import ServiceKit

/// Makes an administrator a customer and ends the sessions of the account, in one transaction with the audit record.
/// Throws 404 `customer_not_found`.
struct RevokeAdministrator: Sendable {
    let context: AuthContext
    /// Who acts, as the audit log names it.
    let actor: String

    func run(email: String) async throws -> AdministratorRevocation {
        let (email, now) = (EmailAddress.normalised(email) ?? email, context.clock.now())
        return try await context.database.write { [actor] tx in
            guard var customer = try CustomerTable.find(email: email, in: tx)?.customer else {
                throw ServiceError.customerNotFound
            }
            customer.role = .customer
            let hasChanged = try CustomerTable.setRole(of: customer.id, to: .customer, at: now, in: tx)
            if hasChanged {
                try AccountEvents.operatorActed(
                    actor, "administrator.revoke", on: customer.id.rawValue, at: now, in: tx)
                try EndSessions(reason: "role_changed").run(of: customer.id, at: now, in: tx)
            }
            return AdministratorRevocation(
                customer: customer, hasChanged: hasChanged,
                leavesAdministrator: try CustomerTable.hasAdministrator(in: tx))
        }
    }
}
