import AuthContract
import Commerce
import SQL
import ServiceKit

/// Replaces a customer's password and ends the customer's other sessions.
struct ChangePassword: Sendable {
    let context: AuthContext

    func run(_ change: PasswordChange, of id: CustomerID) async throws {
        guard let account = try await context.database.read({ tx in try CustomerTable.account(id, in: tx) }) else {
            throw ServiceError.customerNotFound
        }
        if var problem = PasswordRules.problem(with: change.new, email: account.customer.email) {
            problem.field = "new_password"
            throw ServiceError.invalid([problem])
        }
        let attempt = context.attempt(account.customer.email, to: .changePassword)
        try await check(change.current, of: account, attempt)
        let hash = try await context.hashPassword.run(change.new)
        let now = context.clock.now()
        let kept = change.refreshToken.flatMap { RefreshToken($0) }
        try await context.database.write { [admitLogin = context.admitLogin] tx in
            try admitLogin.confirm(attempt, on: id, at: now, in: tx)
            // After a concurrent change the password that was checked is no longer the current one.
            guard try CustomerTable.setPassword(of: id, from: account.passwordHash, to: hash, at: now, in: tx) else {
                throw ServiceError.wrongPassword
            }
            try LoginFailureTable.delete(attempt, in: tx)
            _ = try SessionTable.endAll(of: id, except: kept, for: "password_changed", at: now, in: tx)
            try AccountEvents.passwordChanged(id, at: now, in: tx)
        }
    }

    /// A stolen access token must not allow its holder to guess the password: attempts are limited as log-ins are,
    /// separately from them.
    private func check(
        _ password: String, of account: (customer: Customer, passwordHash: String), _ attempt: LoginAttempt
    ) async throws {
        try await context.admitLogin.run(attempt, on: account.customer.id)
        guard try await context.verifyPassword.run(password, against: account.passwordHash) else {
            try await context.admitLogin.recordFailure(of: attempt, on: account.customer.id)
            throw ServiceError.wrongPassword
        }
    }
}

extension ServiceError {
    fileprivate static let wrongPassword = ServiceError.invalid(
        "current_password", code: AuthFieldCode.wrongPassword, "must be the current password")
}
