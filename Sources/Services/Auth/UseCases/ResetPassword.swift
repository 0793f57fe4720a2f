import AuthContract
import Commerce
import SQL
import ServiceKit

/// Gives an account a new password, ends its sessions, and deletes its login failures and known networks. The role
/// stays. Throws 404 `customer_not_found`.
struct ResetPassword: Sendable {
    let context: AuthContext
    /// Who acts, as the audit log names it.
    let actor: String

    func run(email: String, to password: String) async throws -> Customer {
        let email = EmailAddress.normalised(email) ?? email
        if let problem = PasswordRules.problem(with: password, email: email) { throw ServiceError.invalid([problem]) }
        let hash = try await context.hashPassword.run(password)
        let now = context.clock.now()
        let attempts = [context.attempt(email), context.attempt(email, to: .changePassword)]
        return try await context.database.write { [actor] tx in
            guard let customer = try CustomerTable.find(email: email, in: tx)?.customer else {
                throw ServiceError.customerNotFound
            }
            try CustomerTable.setPassword(of: customer.id, to: hash, at: now, in: tx)
            for attempt in attempts {
                try LoginFailureTable.deleteAll(attempt, in: tx)
                try LoginQueueTable.deleteAll(attempt, in: tx)
            }
            // Others who had the old password may have logged in from one of them.
            try KnownNetworkTable.deleteAll(of: customer.id, in: tx)
            try AccountEvents.operatorActed(
                actor, "account.reset_password", on: customer.id.rawValue, at: now, in: tx)
            try EndSessions(reason: "password_reset").run(of: customer.id, at: now, in: tx)
            return customer
        }
    }
}
