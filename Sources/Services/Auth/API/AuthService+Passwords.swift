package import AuthContract
import Commerce
import SQL
import ServiceKit

extension AuthService {
    package func changePassword(_ change: PasswordChange) async throws {
        try await atEdge {
            guard let id = CallContext.current.principal.customerID else { throw ServiceError.unauthenticated }
            guard let account = try await database.read({ tx in try CustomerTable.account(id, in: tx) }) else {
                throw ServiceError.notFound("customer")
            }
            if var problem = PasswordRules.problem(with: change.new, email: account.customer.email) {
                problem.field = "new_password"
                throw ServiceError.invalid([problem])
            }
            try await check(change.current, of: account)
            let hash = try await passwords.hash(change.new)
            let (now, attempt) = (clock.now(), attempt(account.customer.email, to: .changePassword))
            let kept = change.refreshToken.flatMap { RefreshToken($0) }
            try await database.write { [gate] tx in
                // Counted again, as at a log-in: many guesses may have been sent at once.
                if let wait = try gate.enter(attempt, to: id, at: now, in: tx) {
                    throw ServiceError.tooManyLogins(retryAfter: wait)
                }
                // Another change may have been quicker: then this one's proof is out of date.
                guard try CustomerTable.setPassword(of: id, from: account.passwordHash, to: hash, at: now, in: tx)
                else {
                    throw ServiceError.wrongPassword
                }
                try LoginFailureTable.clear(attempt, in: tx)
                _ = try SessionTable.endAll(of: id, but: kept, for: "password_changed", at: now, in: tx)
                try AccountEvents.passwordChanged(id, at: now, in: tx)
            }
        }
    }

    /// A stolen access token must not let anybody guess the password: attempts are limited as log-ins are, apart
    /// from them.
    private func check(_ password: String, of account: (customer: Customer, passwordHash: String)) async throws {
        let attempt = attempt(account.customer.email, to: .changePassword)
        try await admit(attempt, to: account.customer.id)
        guard try await passwords.verify(password, against: account.passwordHash) else {
            try await noteFailure(attempt, to: account.customer.id)
            throw ServiceError.wrongPassword
        }
    }
}

extension ServiceError {
    fileprivate static let wrongPassword = ServiceError.invalid(
        "current_password", code: "wrong_password", "must be the current password")
}
