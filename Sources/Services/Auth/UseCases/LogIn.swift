import AuthContract
import Commerce
import SQL
import ServiceKit

/// Checks an email address and a password, and starts a session.
struct LogIn: Sendable {
    let context: AuthContext

    func run(email: String, password: String) async throws -> SignIn {
        do {
            let signIn = try await signIn(email: email, password: password)
            context.counters.count(.succeeded)
            return signIn
        } catch let error as ServiceError {
            if error.has(AuthErrorCode.invalidCredentials) { context.counters.count(.wrongCredentials) }
            if error.has(AuthErrorCode.tooManyLogins) { context.counters.count(.limited) }
            throw error
        }
    }

    private func signIn(email: String, password: String) async throws -> SignIn {
        let admitLogin = context.admitLogin
        let address = EmailAddress.normalised(email)
        let attempt = context.attempt(address ?? email.lowercased())
        let account = try await context.database.read { tx in
            try address.flatMap { try CustomerTable.find(email: $0, in: tx) }
        }
        try await admitLogin.run(attempt, on: account?.customer.id)
        let isCorrect = try await context.verifyPassword.run(password, against: account?.passwordHash)
        guard isCorrect, let (customer, hash) = account else {
            try await admitLogin.recordFailure(of: attempt, on: account?.customer.id)
            throw ServiceError.invalidCredentials
        }
        return try await StartSession(context: context).run(for: customer, after: attempt) { tx, now in
            try admitLogin.confirm(attempt, on: customer.id, at: now, in: tx)
            // A new password ends all sessions: none may begin with the old one afterwards.
            guard try CustomerTable.holds(customer.id, passwordHash: hash, in: tx) else {
                throw ServiceError.invalidCredentials
            }
            try AccountEvents.loggedIn(customer.id, at: now, in: tx)
        }
    }
}
